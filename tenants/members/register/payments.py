"""What a register says about dues paid for a year: an amount, √, 已缴, 转账3000, 1500(欠1500), 缓缴, 免, or nothing."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from huiguan.spreadsheets.characters import clean, simplified, without_spaces
from huiguan.spreadsheets.grids import Value, shown
from huiguan.spreadsheets.money import amounts, plain
from huiguan.spreadsheets.problems import Doubt

Payment = dict[str, Any]  # amount (yuan), status, and method where the cell names one

_METHODS = (
    ("微信", "微信"),
    ("支付宝", "支付宝"),
    ("现金|现钞", "现金"),
    ("转账|转帐|汇款|对公|银行|网银|公户|电汇", "转账"),
    ("刷卡|pos", "刷卡"),
    ("支票", "支票"),
)
_NOTHING = re.compile(r"[-—–/\\无暂]*$")
_NOT_DUE = re.compile(r"未入会|新入会|尚未入会|未到期|不需缴|不用缴|当年入会免|n/?a$")
_DEFERRED = re.compile(r"缓[缴交]?|延期|推迟|延缴")
_WAIVED = re.compile(r"免")
_REFUNDED = re.compile(r"退[款费还]|已退")
_PART = re.compile(r"部分|先[缴交付]|余款|剩余|尾款|首付|分期")
_OWED = re.compile(r"[欠差](?:缴|费|款|交)?[:：]?(?=¥?\d)")
_UNPAID = re.compile(
    r"未[缴交付收到]|欠|没[缴交付]|下[月周]|拟[缴交]|催[缴交]|待[缴交付]|拖|否|^[x×✗✘n]$|^no$|不[缴交]|拒"
)
_PAID = re.compile(
    r"[√✓✔☑vo○●]$|√|✓|✔|☑|[已]?[缴交付收]清|已[缴交付收到]|足额|收讫|到账|^是$|^y$|^yes$|^ok$|完成|全额|缴费|缴纳|^[缴交]$|收据"
)
_DATE = re.compile(
    r"(?:no|№|收据|发票|票据|编号|单号|凭证)[.:号]*[a-z]*\d+|20[1-4]\d[./-]\d{1,2}(?:[./-]\d{1,2})?"
    r"|(?:20[1-4]\d年)?\d{1,2}月(?:\d{1,2}[日号])?|20[1-4]\d年|\d{1,2}[日号]"
)
_YEAR = r"(?:20[1-4]\d)(?:年度?|会费|年会费)*"
_YEARS = rf"{_YEAR}(?:[,、/和及与]{_YEAR})*"
_STATE = r"欠[缴费交]?|未[缴交付]|已?[缴交付][清费]?|免[缴交]?|缓[缴交]?|√"
_YEAR_FIRST = re.compile(rf"(?P<years>{_YEARS})(?P<state>(?:{_STATE})[^,、;\n]*)")
_STATE_FIRST = re.compile(rf"(?P<state>{_STATE})(?P<years>{_YEARS})(?![\d.,元万])")


@dataclass(frozen=True, slots=True)
class Dues:
    """What is known of a member when its payments are read."""

    yearly: Decimal | None
    joined_year: int | None
    is_doubtful: bool = False  # the dues or the year of joining could not be read


def read_payment(value: Value, dues: Dues, year: int) -> tuple[Payment | None, Doubt | None]:
    """An empty cell means that nothing was paid, if dues and year of joining tell why."""
    text = _text(value)
    if _NOTHING.fullmatch(text):
        return (None if dues.is_doubtful else {"amount": 0, "status": _why_nothing(dues, year)}), None
    payment, doubt = _read_words(text, dues, year)
    if payment is not None and (method := _method(text)) and payment["status"] in ("paid", "partial"):
        payment["method"] = method
    return payment, doubt


def read_payments(value: Value, dues: Dues, year: int | None) -> tuple[dict[int, Payment], Doubt | None]:
    """A cell that may name its years (欠2024,2025); `year` is meant where it names none. Empty, it tells nothing."""
    text = _text(value)
    found: dict[int, Payment] = {}
    for pattern in (_YEAR_FIRST, _STATE_FIRST):
        for match in pattern.finditer(text):
            found |= _states(match, text, dues)
        text = pattern.sub("", text)
    if found:
        return found, None
    if year is None or _NOTHING.fullmatch(text):
        return {}, None if _NOTHING.fullmatch(text) else Doubt("payment_without_year")
    payment, doubt = read_payment(value, dues, year)
    return ({year: payment} if payment else {}), doubt


def _states(match: re.Match[str], text: str, dues: Dues) -> dict[int, Payment]:
    years = [int(year) for year in re.findall(r"20[1-4]\d", match["years"])]
    payments = {year: _read_words(match["state"], dues, year)[0] for year in years}
    if method := _method(text):
        for payment in payments.values():
            if payment and payment["status"] == "paid":
                payment["method"] = method
    return {year: payment for year, payment in payments.items() if payment}


def _text(value: Value) -> str:
    text = re.sub(r"[\"“”'‘’]", "", without_newlines(simplified(clean(shown(value)))))
    return without_spaces(text).lower()


def without_newlines(text: str) -> str:
    return text.replace("\n", ",")


def _read_words(text: str, dues: Dues, year: int) -> tuple[Payment | None, Doubt | None]:
    if _NOT_DUE.search(text):
        return {"amount": 0, "status": "not_due"}, None
    if _REFUNDED.search(text):
        return {"amount": 0, "status": "refunded"}, None
    if owed := _OWED.search(text):
        return _read_owed(text, owed, dues)
    numbers = amounts(_DATE.sub("", text))
    if len(set(numbers)) > 1:
        return None, Doubt("payment_unreadable")
    if numbers:
        return _read_amount(numbers[0], text, dues, year)
    return _read_state(text, dues)


def _read_owed(text: str, owed: re.Match[str], dues: Dues) -> tuple[Payment | None, Doubt | None]:
    """1200(欠1800), or only 欠1800."""
    before, after = amounts(text[: owed.start()]), amounts(text[owed.end() :])
    if len(before) == 1:
        return {"amount": plain(before[0]), "status": "partial"}, None
    if before or len(after) != 1 or dues.yearly is None or after[0] > dues.yearly:
        return None, Doubt("payment_unreadable")
    paid = dues.yearly - after[0]
    return {"amount": plain(paid), "status": "partial" if paid else "unpaid"}, None


def _read_amount(amount: Decimal, text: str, dues: Dues, year: int) -> tuple[Payment | None, Doubt | None]:
    if amount < 0:
        return None, Doubt("amount_negative")
    if amount == 0:
        return {"amount": 0, "status": _why_nothing(dues, year)}, None
    if _UNPAID.search(text) and not _PART.search(text):
        return None, Doubt("payment_unreadable")
    short = dues.yearly is not None and amount < dues.yearly
    is_part = short or _PART.search(text) or _DEFERRED.search(text)
    return {"amount": plain(amount), "status": "partial" if is_part else "paid"}, None


def _read_state(text: str, dues: Dues) -> tuple[Payment | None, Doubt | None]:
    if _DEFERRED.search(text):
        return {"amount": 0, "status": "deferred"}, None
    if _WAIVED.search(text):
        return {"amount": 0, "status": "waived"}, None
    if _PART.search(text):
        return {"status": "partial"}, Doubt("payment_amount_missing")
    if _UNPAID.search(text):
        return {"amount": 0, "status": "unpaid"}, None
    if _PAID.search(text) or _method(text):
        return {"status": "paid"} | ({} if dues.yearly is None else {"amount": plain(dues.yearly)}), None
    return None, Doubt("payment_unreadable")


def _why_nothing(dues: Dues, year: int) -> str:
    if dues.yearly == 0:
        return "waived"
    return "not_due" if dues.joined_year and dues.joined_year > year else "unpaid"


def _method(text: str) -> str | None:
    return next((method for pattern, method in _METHODS if re.search(pattern, text)), None)
