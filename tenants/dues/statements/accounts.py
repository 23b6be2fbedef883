"""Whose account it is, and for which time: from the rows above and below the table, or from columns of its own."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from huiguan.names.organisations import plain_name
from huiguan.spreadsheets.characters import clean
from huiguan.spreadsheets.grids import Line, shown
from huiguan.spreadsheets.money import read_fen
from tenants.dues.statements.columns import Columns
from tenants.dues.statements.lines import Account
from tenants.dues.statements.moments import read_day

_LABEL = r"\s*(?:\[[^\]]*\]|\([^)]*\))?\s*[:： ]\s*"
_HOLDER = re.compile(
    rf"(?:[账帐]户名称?|账号名称|户名|单位名称|客户名称|公司名称|企业名称|account name){_LABEL}"
    r"(?P<found>[^\s:：,;|]{2,60})",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"(?:账号|帐号|卡号|账户号码?|account (?:no|number)\.?){_LABEL}(?P<found>[\d*][\d* \-]{{5,40}}[\d*])",
    re.IGNORECASE,
)
_CURRENCY = re.compile(rf"(?:币种|币别|货币|currency){_LABEL}(?P<found>[^\s:：,;|/]{{2,12}})", re.IGNORECASE)
_AMOUNT = r"(?P<found>[-+]?[¥￥]?[\d,]+(?:\.\d+)?)"
_OPENING = re.compile(rf"(?:期初|起始|上期|承前|年初|上页|上日|上月)(?:账户)?(?:余额|结余){_LABEL}{_AMOUNT}")
_CLOSING = re.compile(rf"(?:期末|截止|本期末|终止|当前)(?:账户)?(?:余额|结余){_LABEL}{_AMOUNT}")
_DAY = r"(?:19|20)\d{2}(?:[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?)"
_TO = r"(?:[-—~～至到]+|.{0,8}(?:终止|截止|结束|止)\S{0,4}[:： ])"
_PERIOD = re.compile(
    r"(?:起止|查询|期间|日期|时间|时段|区间|范围|period|从)[^\d]{0,12}"
    rf"(?P<first>{_DAY})[\s\d:]{{0,10}}{_TO}\s*(?P<last>{_DAY})",
    re.IGNORECASE,
)
_LONGEST_ROW, _MOST_ROWS = 1000, 200
_OWN_CURRENCY = frozenset({"人民币", "rmb", "cny", "人民币元", "156", "01"})


def read_account(around: Iterable[Line]) -> Account:
    """From the rows that are no transactions, in their order."""
    rows = (" ".join(clean(shown(line.value(at))).replace("\n", " ") for at in line.filled()) for line in around)
    text = "\n".join(row[:_LONGEST_ROW] for row, _ in zip(rows, range(_MOST_ROWS), strict=False))
    period = _PERIOD.search(text)
    return Account(
        holder=_found(_HOLDER, text),
        number=re.sub(r"[^\d*]", "", _found(_NUMBER, text)),
        currency=_found(_CURRENCY, text),
        opening_fen=_fen(_OPENING, text),
        closing_fen=_fen(_CLOSING, text),
        first_on=read_day(period["first"]) if period else None,
        last_on=read_day(period["last"]) if period else None,
    )


def merged(accounts: Iterable[Account]) -> Account:
    """Of several sheets: the first word on each matter, and the whole time."""
    found = list(accounts)
    first = [account.first_on for account in found if account.first_on]
    last = [account.last_on for account in found if account.last_on]
    return Account(
        holder=next((account.holder for account in found if account.holder), ""),
        number=next((account.number for account in found if account.number), ""),
        currency=next((account.currency for account in found if account.currency), ""),
        opening_fen=next((account.opening_fen for account in found if account.opening_fen is not None), None),
        closing_fen=next((account.closing_fen for account in reversed(found) if account.closing_fen is not None), None),
        first_on=_whole(first, found, min),
        last_on=_whole(last, found, max),
    )


def is_foreign(currency: str) -> bool:
    return bool(currency) and currency.lower() not in _OWN_CURRENCY


def holder_in(lines: list[Line], columns: Columns) -> str:
    """By a column for it, or because it is payer or payee in nearly every row."""
    texts = [columns.text(line, "own_name") for line in lines]
    if not any(texts):
        texts = [columns.text(line, side) for line in lines for side in ("payer", "payee")]
    names = Counter(text for text in texts if text)
    if not names or not columns.has("own_name", "payer"):
        return ""
    name, count = names.most_common(1)[0]
    spelt_alike = sum(times for text, times in names.items() if plain_name(text) == plain_name(name))
    return name if max(count, spelt_alike) > 0.6 * len(lines) and len(lines) > 2 else ""


def _whole(days: list[date], accounts: list[Account], choose: Callable[[list[date]], date]) -> date | None:
    return choose(days) if days and len(days) == len(accounts) else None


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match["found"].strip() if match else ""


def _fen(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return read_fen(match["found"])[0] if match else None
