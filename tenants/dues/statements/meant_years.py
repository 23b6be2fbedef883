"""Which years are meant where the remark names none: this one, unless its words, or what is owed, say another."""

from collections.abc import Iterable

from tenants.dues.statements.claims import Claim, Outcome, open_of, said, shares_of
from tenants.dues.statements.reasons import because

LATE = 10  # from this month on, dues without a year may be those of the next one

Meant = tuple[int, ...] | Outcome  # an outcome where a person must choose


def meant_years(claim: Claim) -> Meant:
    year, keys = claim.line.booked_on.year, claim.who.keys
    if len(keys) == 1:
        owed = claim.ledger.owed_before(keys[0], year)
        for rule in (_several, _arrears, _prepaid, _everything, _either):
            if meant := rule(claim, keys[0], year, owed):
                return meant
    return (year,)


def _several(claim: Claim, key: str, year: int, owed: tuple[int, ...]) -> Meant | None:
    """两年会费: back where something is on record as owed; otherwise it may be back or ahead."""
    count = claim.remark.years.count
    if count < 2:
        return None
    back, ahead = range(year - count + 1, year + 1), range(year, year + count)
    if owed and set(back) - {year} <= set(owed):
        return tuple(back)
    return _which(claim, key, (back, ahead))


def _arrears(claim: Claim, key: str, year: int, owed: tuple[int, ...]) -> Meant | None:
    """补缴会费: the years on record as owed; without a record it may be last year's or the rest of this one."""
    if not claim.remark.says("arrears") or claim.remark.says("parts"):
        return None
    if owed and claim.fen == open_of(claim, [(key, other) for other in owed]):
        return owed
    return _which(claim, key, [(other,) for other in (*(owed or (year - 1,)), year)])


def _prepaid(claim: Claim, key: str, year: int, owed: tuple[int, ...]) -> Meant | None:
    """预缴会费: the next year, once this one is paid or nearly over."""
    is_ahead = claim.ledger.is_paid(key, year) or claim.line.booked_on.month >= LATE
    return (year + 1,) if claim.remark.says("prepaid") and is_ahead else None


def _everything(claim: Claim, key: str, year: int, owed: tuple[int, ...]) -> Meant | None:
    """Exactly what is on record as owed, with this year."""
    pairs = [(key, other) for other in (*owed, year)]
    return (*owed, year) if owed and claim.fen == open_of(claim, pairs) else None


def _either(claim: Claim, key: str, year: int, owed: tuple[int, ...]) -> Meant | None:
    """As much as an earlier year that is on record as owed: nobody can tell which one is meant, unless it is noted."""
    member = claim.roster.members[key]
    if year in member.noted and not set(owed) & set(member.noted):
        return None
    is_alike = any(claim.fen == claim.ledger.open(key, other) for other in owed)
    return _which(claim, key, [(other,) for other in (*owed, year)]) if is_alike else None


def _which(claim: Claim, key: str, choices: Iterable[Iterable[int]]) -> Outcome:
    options = [tuple(years) for years in choices]
    every = sorted({year for years in options for year in years})
    shares = [shares_of(claim, [(key, year) for year in years]) for years in options]
    return claim.asked(because("which_year", years=said(every)), options=shares)
