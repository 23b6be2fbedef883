"""Which words stand above a column of a bank statement, and which field they mean."""

import re
from functools import cache

from huiguan.spreadsheets.characters import fold
from huiguan.spreadsheets.headings import LIKELY, Headings, Lexicon
from tenants.dues.statements.vocabulary import longest_first, terms

LONGEST_HEADING = 50  # banks write 付款人开户行名[ Payer account bank ]
_EITHER = re.compile(r"收[(/\\]付\)?|付[(/\\]收\)?|付收")
MANY = frozenset({"summary", "remark"})
PARTS = {"own_name": ("payer", "payee", "party"), "own_account": ("payer_account", "payee_account", "party_account")}


@cache
def lexicon() -> Lexicon:
    return Lexicon(terms("headings", "fields"), foreign=longest_first("headings", "foreign"))


def find(parts: tuple[str, ...]) -> tuple[str, float]:
    """收(付)方名称 is whoever paid or was paid; other brackets say nothing of a field."""
    return lexicon().find(tuple(_EITHER.sub("收付", fold(part)) for part in parts))


def field_of(parts: tuple[str, ...]) -> str:
    """The field of a heading of one or several lines; 户名 under 对方 or 付款人 is that one's name."""
    field, _ = find(parts)
    above = fold("".join(parts[:-1]))
    if field == "amount":
        return _side_in_brackets(fold("".join(parts))) or field
    if field in PARTS and above:
        payer, payee, party = PARTS[field]
        return payer if "付款" in above else payee if "收款" in above else party if "对" in above else field
    return field


def _side_in_brackets(heading: str) -> str:
    """交易金额(收入) is income; (收入为正,支出为负) is neither."""
    came, went = (
        bool(re.search(rf"[(\[].*(?:{words})", heading)) for words in ("收入|贷|存入|转入", "支出|借|支取|转出")
    )
    return "" if came == went else "income" if came else "expense"


def is_heading(text: str) -> bool:
    return len(text) <= LONGEST_HEADING and find((text,))[1] >= LIKELY


def _is_data(text: str) -> bool:
    """Numbers, dates, accounts, and labels with their values such as 币种:人民币."""
    return len(text) > LONGEST_HEADING or sum(c.isdigit() for c in text) > 4 or bool(re.search(r"[:：].*\w", text))


HEADINGS = Headings(
    field_of=field_of,
    is_heading=is_heading,
    is_known_word=lambda text: lexicon().is_known_word(text),
    is_data=_is_data,
    leading=frozenset({"date", "balance"}),
    lone=frozenset(),
)
