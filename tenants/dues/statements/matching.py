"""Matches the lines of a statement to members and the years of dues they pay. Pure: nothing is read or written."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from huiguan.names.organisations import plain_name
from tenants.dues.statements.allocating import allocate
from tenants.dues.statements.claims import Claim, Outcome
from tenants.dues.statements.ledger import Ledger
from tenants.dues.statements.lines import Line
from tenants.dues.statements.matched import Candidate, Kind, Match, Matched
from tenants.dues.statements.others import expense, other_income
from tenants.dues.statements.payees import Payee
from tenants.dues.statements.payers import Payer, Payers
from tenants.dues.statements.payouts import PaidOut, paid_out
from tenants.dues.statements.purposes import Purpose
from tenants.dues.statements.reasons import because
from tenants.dues.statements.refunds import may_be_refund, refund
from tenants.dues.statements.remarks import Reader, Remark
from tenants.dues.statements.roster import Roster
from tenants.dues.statements.settlements import Settlement, read_settlement
from tenants.dues.statements.who import Who, who_is_meant


def match_lines(
    lines: Sequence[Line],
    members: Sequence[Payee],
    *,
    today: date,
    own_names: Iterable[str] = (),
    payouts: Sequence[PaidOut] = (),
) -> list[Matched]:
    """One answer for each line, in the order of `lines`.

    Lines are gone through by date, because what an earlier one paid is no longer open for a later one; of one day they
    keep their order. `own_names` are those of the chamber: the account's holder, its full and short name. Lines dated
    after `today` are put to a person. `payouts` are of online payments, which were booked when they were made.
    """
    matching = _Matching(members, own_names, today, payouts)
    order = sorted(range(len(lines)), key=lambda at: lines[at].booked_on)
    found = {at: matching.match(lines[at]) for at in order}
    return [found[at] for at in range(len(lines))]


class _Matching:
    """The members, and what the lines so far have paid."""

    def __init__(
        self, members: Sequence[Payee], own_names: Iterable[str], today: date, payouts: Sequence[PaidOut]
    ) -> None:
        names = tuple(own_names)
        self._today, self._payouts = today, payouts
        self._own = frozenset(map(plain_name, names)) - {""}
        self._roster = Roster(members)
        self._reader = Reader(self._roster, names)
        self._payers = Payers(self._roster)
        self._ledger = Ledger(members)

    def match(self, line: Line) -> Matched:
        matched = self._expense(line) if line.amount_fen < 0 else self._income(line)
        self._ledger.record(matched)
        return matched

    def _expense(self, line: Line) -> Matched:
        if not may_be_refund(line):
            return expense(line, self._own)
        payer, remark = self._payers.find(line), self._reader.read(line)
        return refund(line, remark, payer, self._roster, self._ledger) or expense(line, self._own)

    def _income(self, line: Line) -> Matched:
        if other := other_income(line, self._own) or paid_out(line, self._payouts):
            return other
        payer, remark = self._payers.find(line), self._reader.read(line)
        settlement = read_settlement(line)
        if remark.purpose is Purpose.OTHER and not remark.codes:
            return self._not_dues(line, remark, payer)
        if remark.purpose is Purpose.MIXED:
            return self._asked(line, self._who(remark, payer), payer, "purposes_mixed", words=remark.word)
        who = self._who(remark, Payer("") if settlement else payer)
        if remark.chamber and not remark.codes:
            return self._asked(line, who, payer, "another_chamber", words=remark.chamber)
        if not who.keys:
            return self._unidentified(line, who, payer, remark, settlement)
        matched = self._allocated(line, who, remark, settlement)
        matched = replace(matched, payer=payer.member)
        if matched.match is Match.AUTO and who.reason.code == payer.how:
            self._payers.learn(line, payer)
        return matched

    def _who(self, remark: Remark, payer: Payer) -> Who:
        return who_is_meant(remark, payer, self._roster)

    def _not_dues(self, line: Line, remark: Remark, payer: Payer) -> Matched:
        reason = because("other_purpose", words=remark.word)
        return Matched(line, Match.NONE, Kind.OTHER_INCOME, (reason,), payer=payer.member)

    def _unidentified(
        self, line: Line, who: Who, payer: Payer, remark: Remark, settlement: Settlement | None
    ) -> Matched:
        """Nobody, or several: a fee that no list knows is left, everything else is put to a person."""
        if settlement:
            asked = self._asked(line, who, payer, "batch")
            return replace(asked, kind=Kind.SETTLEMENT, gross_fen=settlement.gross_fen, fee_fen=settlement.fee_fen)
        if remark.purpose is Purpose.UNKNOWN and not payer.keys:
            return self._not_dues(line, remark, payer)
        return self._asked(line, who, payer)

    def _asked(self, line: Line, who: Who, payer: Payer, code: str = "", **params: object) -> Matched:
        reasons = (because(code, **params), who.reason) if code else (who.reason,)
        keys = who.keys or who.rivals
        candidates = tuple(Candidate(key, who.reason) for key in keys)
        kind = Kind.DUES if keys else Kind.UNIDENTIFIED
        return Matched(line, Match.REVIEW, kind, reasons, candidates=candidates, payer=payer.member)

    def _allocated(self, line: Line, who: Who, remark: Remark, settlement: Settlement | None) -> Matched:
        claim = Claim(line, line.income_fen, who, remark, self._roster, self._ledger)
        if settlement:
            return self._settled(claim, settlement)
        outcome = allocate(claim)
        if remark.purpose is Purpose.UNKNOWN:
            return self._unknown_fee(claim, outcome)
        if line.booked_on > self._today and outcome.match is Match.AUTO:
            outcome = replace(outcome, match=Match.REVIEW, reasons=(*outcome.reasons, because("in_future")))
        return _matched(line, Kind.DUES, outcome)

    def _settled(self, claim: Claim, settlement: Settlement) -> Matched:
        """The gross amount is what was paid; what is open tells it where the line does not."""
        year = next(iter(claim.remark.years.named), claim.line.booked_on.year)
        open_fen = sum(self._ledger.open(key, year) or 0 for key in claim.who.keys)
        gross = settlement.gross_for(claim.line.income_fen, open_fen)
        if gross is None:
            return replace(_matched(claim.line, Kind.DUES, allocate(claim)), match=Match.REVIEW)
        outcome = allocate(replace(claim, fen=gross))
        fee = gross - claim.line.income_fen
        reasons = (*outcome.reasons, because("net_of_fee", gross_fen=gross, fee_fen=fee))
        return replace(_matched(claim.line, Kind.DUES, outcome), reasons=reasons, gross_fen=gross, fee_fen=fee)

    def _unknown_fee(self, claim: Claim, outcome: Outcome) -> Matched:
        """Some fee of a member: a person looks only if it would be just what is owed."""
        if outcome.match is not Match.AUTO:
            reason = because("other_purpose", words=claim.remark.word)
            return Matched(claim.line, Match.NONE, Kind.OTHER_INCOME, (reason,))
        reason = because("purpose_unknown", words=claim.remark.word)
        asked = replace(outcome, match=Match.REVIEW, reasons=(*outcome.reasons, reason))
        return _matched(claim.line, Kind.DUES, asked)


def _matched(line: Line, kind: Kind, outcome: Outcome) -> Matched:
    return Matched(
        line, outcome.match, kind, outcome.reasons, outcome.allocations, outcome.candidates, outcome.surplus_fen
    )
