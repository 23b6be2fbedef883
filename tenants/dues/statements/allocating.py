"""How an amount falls on the years of the members it is for, and whether that is certain enough to be done."""

from tenants.dues.statements.claims import Claim, Outcome, said, shares_of
from tenants.dues.statements.matched import Allocation
from tenants.dues.statements.meant_years import LATE, meant_years
from tenants.dues.statements.reasons import Reason, because
from tenants.dues.statements.settlements import is_fee

Pairs = list[tuple[str, int]]  # member and year


def allocate(claim: Claim) -> Outcome:
    gone = [key for key in claim.who.keys if claim.roster.members[key].is_gone(claim.line.booked_on)]
    if gone:
        return claim.asked(because("has_left", members=claim.roster.called(gone)))
    years = claim.who.years or claim.remark.years.named or meant_years(claim)
    return years if isinstance(years, Outcome) else _on_years(claim, years)


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


def _fitting(claim: Claim, pairs: Pairs, years: tuple[int, ...]) -> Outcome:
    """An exact amount makes up for missing words, but not for missing words and half a name at once."""
    shares = shares_of(claim, pairs)
    code = "fits_each" if len(claim.who.keys) > 1 else "fits"
    reason = because(code, fen=claim.fen, years=said(years))
    if not claim.is_said and (claim.who.is_part or claim.who.stranger or claim.who.is_unexplained):
        return claim.asked(because("words_unclear", fen=claim.fen), allocations=shares)
    return claim.done(shares, reason)


def _too_little(claim: Claim, pairs: Pairs, total: int) -> Outcome:
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


def _too_much(claim: Claim, pairs: Pairs, total: int) -> Outcome:
    if paid := [pair for pair in pairs if claim.ledger.is_paid(*pair)]:
        return _paid_before(claim, pairs, paid[0])
    if not claim.is_said:
        return claim.asked(because("purpose_unclear", fen=claim.fen))
    if claim.who.is_part:
        return claim.asked(because("name_and_amount", fen=claim.fen))
    surplus = claim.fen - total
    return claim.asked(
        because("too_much", surplus_fen=surplus), allocations=shares_of(claim, pairs), surplus_fen=surplus
    )


def _paid_before(claim: Claim, pairs: Pairs, paid: tuple[str, int]) -> Outcome:
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
    ahead = shares_of(claim, [(key, year + 1)]) if is_late and claim.fen == claim.ledger.open(key, year + 1) else ()
    if not earlier and not claim.ledger.due(key, year):
        reason = because("nothing_due", members=members, year=year)
    if not claim.is_said:
        return claim.asked(because("purpose_unclear", fen=claim.fen), reason)
    return claim.asked(reason, allocations=() if ahead else double, options=[double, ahead] if ahead else ())


def _on_unknown(claim: Claim, pairs: Pairs) -> Outcome:
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


def _misfit(claim: Claim, pairs: Pairs, total: int) -> Reason:
    years = said(dict.fromkeys(year for _, year in pairs))
    members = claim.roster.called(claim.who.keys)
    return because("does_not_fit", fen=claim.fen, members=members, years=years, open_fen=total)
