"""Dues that went back: what was paid twice, too much, or by a member that left; each with the payment it takes back."""

import re

from huiguan.names.organisations import plain_name
from huiguan.spreadsheets.characters import fold
from tenants.dues.statements.ledger import Ledger
from tenants.dues.statements.lines import Line
from tenants.dues.statements.matched import Allocation, Candidate, Kind, Match, Matched
from tenants.dues.statements.payers import Payer
from tenants.dues.statements.reasons import because
from tenants.dues.statements.remarks import Remark
from tenants.dues.statements.roster import Keys, Roster

_BACK = re.compile(r"退|返还|返回|冲正|抹账|冲账")
_OF_DUES = re.compile(r"会费|会员费|年费|缴费|重复|多[缴交付收转汇]|误[缴交付转汇]|错[缴交付转汇]|退会|转错|汇错|退出")
_OTHER = re.compile(r"押金|保证金|报名|展位|广告|活动|赞助|捐|餐|租|货|退汇|退票|培训|门票|定金|订金")


def may_be_refund(line: Line) -> bool:
    """Whether an expense gives something back that is not said to be something else, such as 退押金."""
    text = fold(f"{line.remark} {line.summary}")
    return bool(_BACK.search(text)) and not _OTHER.search(text)


def refund(line: Line, remark: Remark, payer: Payer, roster: Roster, ledger: Ledger) -> Matched | None:
    """Who got the money back is who paid it, or whom the remark names. None if it says nothing of dues."""
    keys = _meant(line, remark, payer, ledger)
    fen = line.expense_fen
    for find in (_surplus, _double, _dues):
        found = [matched for key in keys if (matched := find(line, key, fen, remark, ledger))]
        if len(found) == 1:
            return found[0]
    if not _OF_DUES.search(fold(f"{line.remark} {line.summary}")):
        return None
    reason = because("refund_unclear", members=roster.called(keys) or line.party)
    candidates = tuple(Candidate(key, reason) for key in keys)
    return Matched(line, Match.REVIEW, Kind.REFUND, (reason,), candidates=candidates, payer=payer.member)


def _meant(line: Line, remark: Remark, payer: Payer, ledger: Ledger) -> Keys:
    """Members of earlier lines of the same payer first, then whom the names mean."""
    named = [key for each in remark.organisations for key in each.keys]
    same = [key for key, earlier in ledger.matched.items() if any(_is_same_payer(line, each.line) for each in earlier)]
    return tuple(dict.fromkeys([*same, *named, *payer.keys]))


def _is_same_payer(line: Line, earlier: Line) -> bool:
    if line.party_account and line.party_account == earlier.party_account:
        return True
    return bool(line.party) and plain_name(line.party) == plain_name(earlier.party)


def _surplus(line: Line, key: str, fen: int, remark: Remark, ledger: Ledger) -> Matched | None:
    earlier = [each for each in ledger.matched[key] if each.surplus_fen == fen and each.match is Match.REVIEW]
    return _taken_back(line, key, "takes_back_surplus", earlier[-1], ()) if earlier else None


def _double(line: Line, key: str, fen: int, remark: Remark, ledger: Ledger) -> Matched | None:
    earlier = [each for each in ledger.matched[key] if _is_double(each) and each.line.income_fen == fen]
    if not earlier:
        return None
    allocations = tuple(Allocation(each.member, each.year, -each.fen) for each in earlier[-1].allocations)
    return _taken_back(line, key, "takes_back_double", earlier[-1], allocations) if allocations else None


def _dues(line: Line, key: str, fen: int, remark: Remark, ledger: Ledger) -> Matched | None:
    """The only earlier line that gave this member exactly this much, in the years the remark names, if it does."""
    earlier = [
        each
        for each in ledger.matched[key]
        if each.match is Match.AUTO and sum(a.fen for a in each.allocations if a.member == key) == fen
    ]
    years = set(remark.years.named)
    fitting = [each for each in earlier if not years or years == {a.year for a in each.allocations}]
    if len(fitting) > 1 and not years:  # what goes back was paid for this year, not for one that is over
        fitting = [each for each in fitting if line.booked_on.year in {a.year for a in each.allocations}]
    if len(fitting) != 1:
        return None
    allocations = tuple(Allocation(a.member, a.year, -a.fen) for a in fitting[0].allocations if a.member == key)
    return _taken_back(line, key, "takes_back_dues", fitting[0], allocations)


def _taken_back(line: Line, key: str, code: str, earlier: Matched, allocations: tuple[Allocation, ...]) -> Matched:
    reason = because(code, date=earlier.line.booked_on)
    return Matched(line, Match.AUTO, Kind.REFUND, (reason,), allocations, payer=key, refers_to=earlier.line.fingerprint)


def _is_double(matched: Matched) -> bool:
    return matched.match is Match.REVIEW and any(reason.code.startswith("already_paid") for reason in matched.reasons)
