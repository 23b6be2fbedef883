"""How an amount falls on the years of the members it is for, and whether that is certain enough to be done."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tenants.dues.statements.ledger import Ledger
from tenants.dues.statements.lines import Line
from tenants.dues.statements.matched import Allocation, Candidate, Match
from tenants.dues.statements.purposes import Purpose
from tenants.dues.statements.reasons import Reason, because
from tenants.dues.statements.remarks import Remark
from tenants.dues.statements.roster import Roster
from tenants.dues.statements.settlements import is_fee
from tenants.dues.statements.who import Who

LATE = 10  # from this month on, dues without a year may be those of the next one

Shares = tuple[Allocation, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    match: Match
    reasons: tuple[Reason, ...]
    allocations: Shares = ()
    candidates: tuple[Candidate, ...] = ()
    surplus_fen: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """An amount with what is known of it: for whom, for which years, in what words."""

    line: Line
    fen: int
    who: Who
    remark: Remark
    roster: Roster
    ledger: Ledger
    reasons: tuple[Reason, ...] = field(default_factory=tuple)

    @property
    def is_said(self) -> bool:
        """Whether the words say dues; otherwise only an exact amount does."""
        return self.remark.purpose is Purpose.DUES or bool(self.remark.codes)

    @property
    def must_fit(self) -> bool:
        return not self.is_said or self.who.is_part or bool(self.who.stranger)

    def asked(
        self, *reasons: Reason, allocations: Shares = (), surplus_fen: int = 0, options: Iterable[Shares] = ()
    ) -> Outcome:
        """Put to a person; each option is a candidate of its own."""
        candidates = [Candidate(shares[0].member, reasons[0], shares) for shares in options if shares]
        candidates = candidates or [Candidate(key, self.who.reason, _of(key, allocations)) for key in self.who.keys]
        return Outcome(Match.REVIEW, (self.who.reason, *reasons), allocations, tuple(candidates), surplus_fen)

    def done(self, allocations: Shares, *reasons: Reason) -> Outcome:
        return Outcome(Match.AUTO, (self.who.reason, *reasons), allocations)


def allocate(claim: Claim) -> Outcome:
    if stop := _stopped(claim):
        return stop
    years = claim.who.years or claim.remark.years.named
    return _on_years(claim, years) if years else _on_no_year(claim)


def _stopped(claim: Claim) -> Outcome | None:
    """A member who had left pays nothing without a person looking."""
    gone = [key for key in claim.who.keys if claim.roster.members[key].is_gone(claim.line.booked_on)]
    return claim.asked(because("has_left", members=claim.roster.called(gone))) if gone else None


def _on_no_year(claim: Claim) -> Outcome:
    """The current year, unless the words, or what is open, say another one."""
    year, keys = claim.line.booked_on.year, claim.who.keys
    if len(keys) == 1:
        owed = claim.ledger.owed_before(keys[0], year)
        for rule in (_several, _arrears, _prepaid, _everything, _either):
            if outcome := rule(claim, keys[0], year, owed):
                return outcome
    return _on_years(claim, (year,))


def _several(claim: Claim, key: str, year: int, owed: tuple[int, ...]) -> Outcome | None:
    """两年会费: back where something is on record as owed; otherwise it may be back or ahead."""
    count = claim.remark.years.count
    if count < 2:
        return None
    back, ahead = range(year - count + 1, year + 1), range(year, year + count)
    if owed and set(back) - {year} <= set(owed):
        return _on_years(claim, tuple(back))
    return _which(claim, key, (back, ahead))


def _arrears(claim: Claim, key: str, year: int, owed: tuple[int, ...]) -> Outcome | None:
    """补缴会费: the years on record as owed; without a record it may be last year's or the rest of this one."""
    if not claim.remark.says("arrears") or claim.remark.says("parts"):
        return None
    if owed and claim.fen == _open(claim, [(key, other) for other in owed]):
        return _on_years(claim, owed)
    return _which(claim, key, [(other,) for other in (*(owed or (year - 1,)), year)])


def _prepaid(claim: Claim, key: str, year: int, owed: tuple[int, ...]) -> Outcome | None:
    """预缴会费: the next year, once this one is paid or nearly over."""
    is_ahead = claim.ledger.is_paid(key, year) or claim.line.booked_on.month >= LATE
    return _on_years(claim, (year + 1,)) if claim.remark.says("prepaid") and is_ahead else None


def _everything(claim: Claim, key: str, year: int, owed: tuple[int, ...]) -> Outcome | None:
    """Exactly what is on record as owed, with this year."""
    pairs = [(key, other) for other in (*owed, year)]
    return _on_years(claim, (*owed, year)) if owed and claim.fen == _open(claim, pairs) else None


def _either(claim: Claim, key: str, year: int, owed: tuple[int, ...]) -> Outcome | None:
    """As much as an earlier year that is on record as owed: nobody can tell which one is meant, unless it is noted."""
    member = claim.roster.members[key]
    if year in member.noted and not set(owed) & set(member.noted):
        return None
    is_alike = any(claim.fen == claim.ledger.open(key, other) for other in owed)
    return _which(claim, key, [(other,) for other in (*owed, year)]) if is_alike else None


def _which(claim: Claim, key: str, choices: Iterable[Iterable[int]]) -> Outcome:
    options = [tuple(years) for years in choices]
    said = sorted({year for years in options for year in years})
    shares = [_shares(claim, [(key, year) for year in years]) for years in options]
    return claim.asked(because("which_year", years=_said(said)), options=shares)


def _on_years(claim: Claim, years: tuple[int, ...]) -> Outcome:
    pairs = [(key, year) for key in claim.who.keys for year in years]
    opens = [claim.ledger.open(*pair) for pair in pairs]
    if early := [pair for pair in pairs if _is_before_joining(claim, pair)]:
        return claim.asked(because("not_yet_joined", members=claim.roster.called([early[0][0]]), year=early[0][1]))
    if None in opens:
        return _on_unknown(claim, pairs)
    total = sum(fen or 0 for fen in opens)
    if claim.fen == total and all(opens):
        return _fitting(claim, pairs, years)
    return _too_little(claim, pairs, total) if claim.fen < total else _too_much(claim, pairs, total)


def _fitting(claim: Claim, pairs: list[tuple[str, int]], years: tuple[int, ...]) -> Outcome:
    """An exact amount makes up for missing words, but not for missing words and half a name at once."""
    shares = _shares(claim, pairs)
    code = "fits_each" if len(claim.who.keys) > 1 else "fits"
    reason = because(code, fen=claim.fen, years=_said(years))
    if not claim.is_said and (claim.who.is_part or claim.who.stranger or claim.who.is_unexplained):
        return claim.asked(because("words_unclear", fen=claim.fen), allocations=shares)
    return claim.done(shares, reason)


def _too_little(claim: Claim, pairs: list[tuple[str, int]], total: int) -> Outcome:
    (key, year), is_one = pairs[0], len(pairs) == 1
    shares = (Allocation(key, year, claim.fen),) if is_one else ()
    if not is_one:
        return claim.asked(_misfit(claim, pairs, total))
    if claim.must_fit:
        code = "name_and_amount" if claim.is_said else "purpose_unclear"
        return claim.asked(because(code, fen=claim.fen), allocations=shares)
    if is_fee(total - claim.fen, total):
        return claim.asked(because("less_a_fee", fen=claim.fen, open_fen=total), allocations=shares)
    return claim.done(shares, because("part", fen=claim.fen, open_fen=total, year=year))


def _too_much(claim: Claim, pairs: list[tuple[str, int]], total: int) -> Outcome:
    if paid := [pair for pair in pairs if claim.ledger.is_paid(*pair)]:
        return _paid_before(claim, pairs, paid[0])
    if not claim.is_said:
        return claim.asked(because("purpose_unclear", fen=claim.fen))
    surplus = claim.fen - total
    return claim.asked(because("too_much", surplus_fen=surplus), allocations=_shares(claim, pairs), surplus_fen=surplus)


def _paid_before(claim: Claim, pairs: list[tuple[str, int]], paid: tuple[str, int]) -> Outcome:
    """A double payment; late in the year it may be for the next one."""
    key, year = paid
    earlier = claim.ledger.last_payment(key, year)
    members = claim.roster.called([key])
    reason = (
        because("already_paid_on", members=members, year=year, date=earlier.booked_on)
        if earlier
        else because("already_paid", members=members, year=year)
    )
    double = (Allocation(key, year, claim.fen),) if len(pairs) == 1 and claim.fen == claim.ledger.due(key, year) else ()
    is_late = not claim.remark.years.named and claim.line.booked_on.month >= LATE
    ahead = _shares(claim, [(key, year + 1)]) if is_late and claim.fen == claim.ledger.open(key, year + 1) else ()
    if not claim.is_said:
        return claim.asked(because("purpose_unclear", fen=claim.fen), reason)
    return claim.asked(reason, allocations=() if ahead else double, options=[double, ahead] if ahead else ())


def _on_unknown(claim: Claim, pairs: list[tuple[str, int]]) -> Outcome:
    """Where the dues are not on record, only clear words for one member and one year are believed."""
    key, year = pairs[0]
    shares = (Allocation(key, year, claim.fen),) if len(pairs) == 1 else ()
    if claim.ledger.last_payment(key, year) and claim.ledger.open(key, year) is None:
        return _paid_before(claim, pairs, pairs[0])
    if not shares or claim.must_fit:
        return claim.asked(_misfit(claim, pairs, 0), allocations=shares)
    return claim.done(shares, because("dues_unknown", year=year))


def _is_before_joining(claim: Claim, pair: tuple[str, int]) -> bool:
    joined = claim.roster.members[pair[0]].joined_on
    return bool(joined and pair[1] < joined.year)


def _misfit(claim: Claim, pairs: list[tuple[str, int]], total: int) -> Reason:
    years = _said(dict.fromkeys(year for _, year in pairs))
    members = claim.roster.called(claim.who.keys)
    return because("does_not_fit", fen=claim.fen, members=members, years=years, open_fen=total)


def _of(key: str, shares: Shares) -> Shares:
    return tuple(share for share in shares if share.member == key)


def _shares(claim: Claim, pairs: Iterable[tuple[str, int]]) -> Shares:
    opens = ((key, year, claim.ledger.open(key, year)) for key, year in pairs)
    return tuple(Allocation(key, year, fen) for key, year, fen in opens if fen)


def _open(claim: Claim, pairs: Iterable[tuple[str, int]]) -> int:
    return sum(claim.ledger.open(*pair) or 0 for pair in pairs)


def _said(years: Iterable[int]) -> str:
    return "、".join(map(str, years))
