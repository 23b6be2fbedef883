"""Lines that cannot be dues by their kind: interest, fees, own accounts, transfers that came back, expenses."""

import re

from huiguan.names.organisations import plain_name
from huiguan.spreadsheets.characters import fold
from tenants.dues.statements.lines import Line
from tenants.dues.statements.matched import Kind, Match, Matched
from tenants.dues.statements.naming import shortened
from tenants.dues.statements.purposes import says
from tenants.dues.statements.reasons import because

_INTEREST = re.compile(r"结息|利息|付息|息入账|interest")
_RETURNED = re.compile(r"退汇|退票|汇款退回|原路退回|冲正|抹账|入账失败|户名不符")
_OWN = re.compile(r"定期转|转定期|到期转|通知存款|定活互转|转存|本金转|理财赎回|理财本金|归集|内部转账|同名转账")
_FEE = re.compile(r"手续费|服务费|工本费|管理费|维护费|年费|月费|短信|汇费|邮电费|回单|收费|账户费|扣费|fee")
_BANK = re.compile(r"银行|信用社|支行|分行|结算中心")


def other_income(line: Line, own_names: frozenset[str]) -> Matched | None:
    text = fold(f"{line.remark} {line.summary}")
    party = plain_name(line.party)
    if _RETURNED.search(text):
        return _none(line, Kind.RETURNED, "returned")
    if _is_own(line.party, own_names) or (not party and _OWN.search(text)):
        return _none(line, Kind.OWN_ACCOUNT, "own_account")
    if _INTEREST.search(text) and (not party or _BANK.search(party)) and not says(text, "dues"):
        return _none(line, Kind.INTEREST, "interest")
    return None


def expense(line: Line, own_names: frozenset[str]) -> Matched:
    """What kind of expense it is, once it is known that nothing was given back to a member."""
    text = fold(f"{line.remark} {line.summary}")
    party = plain_name(line.party)
    if _is_own(line.party, own_names):
        return _none(line, Kind.OWN_ACCOUNT, "own_account")
    is_of_bank = not party or bool(_BANK.search(party))
    return _none(line, Kind.FEE, "fee") if is_of_bank and _FEE.search(text) else _none(line, Kind.EXPENSE, "expense")


def _is_own(party: str, own_names: frozenset[str]) -> bool:
    """西安市常德商会 is the chamber that calls itself 常德商会."""
    return any(form in own_names for form in shortened(party))


def _none(line: Line, kind: Kind, code: str) -> Matched:
    return Matched(line, Match.NONE, kind, (because(code),))
