"""An amount with what is known of it, and what may be decided about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from tenants.dues.statements.ledger import Ledger
from tenants.dues.statements.lines import Line
from tenants.dues.statements.matched import Allocation, Candidate, Match
from tenants.dues.statements.purposes import Purpose
from tenants.dues.statements.reasons import Reason
from tenants.dues.statements.remarks import Remark
from tenants.dues.statements.roster import Roster
from tenants.dues.statements.who import Who

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


def _of(key: str, shares: Shares) -> Shares:
    return tuple(share for share in shares if share.member == key)


def shares_of(claim: Claim, pairs: Iterable[tuple[str, int]]) -> Shares:
    opens = ((key, year, claim.ledger.open(key, year)) for key, year in pairs)
    return tuple(Allocation(key, year, fen) for key, year, fen in opens if fen)


def open_of(claim: Claim, pairs: Iterable[tuple[str, int]]) -> int:
    return sum(claim.ledger.open(*pair) or 0 for pair in pairs)


def said(years: Iterable[int]) -> str:
    return "、".join(map(str, years))
