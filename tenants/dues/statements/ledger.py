"""What members still owe while the lines of a statement are gone through in their order."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tenants.dues.statements.lines import Line
from tenants.dues.statements.matched import Allocation, Match, Matched
from tenants.dues.statements.payees import Payee


@dataclass(frozen=True, slots=True)
class Booking:
    """An allocation of an earlier line, or one that is proposed and will probably be made."""

    line: Line
    fen: int


class Ledger:
    def __init__(self, members: Iterable[Payee]) -> None:
        self._members = {member.key: member for member in members}
        self._booked: dict[tuple[str, int], list[Booking]] = defaultdict(list)
        self.matched: dict[str, list[Matched]] = defaultdict(list)  # earlier lines by member

    def open(self, key: str, year: int) -> int | None:
        """Fen still open; None where the dues are not known. Never negative."""
        member = self._members[key]
        base = member.open.get(year, self._due(member, year))
        if base is None:
            return None
        return max(0, base - sum(booking.fen for booking in self._booked[key, year]))

    def due(self, key: str, year: int) -> int | None:
        return self._due(self._members[key], year)

    def owed_before(self, key: str, year: int) -> tuple[int, ...]:
        """Earlier years that are on record as open, and still are."""
        years = sorted(other for other, fen in self._members[key].open.items() if other < year and fen > 0)
        return tuple(other for other in years if self.open(key, other))

    def last_payment(self, key: str, year: int) -> Line | None:
        bookings = [booking for booking in self._booked[key, year] if booking.fen > 0]
        return bookings[-1].line if bookings else None

    def is_paid(self, key: str, year: int) -> bool:
        """Paid on record or in this statement, as far as anybody knows."""
        open_fen = self.open(key, year)
        return open_fen == 0 if open_fen is not None else bool(self.last_payment(key, year))

    def record(self, matched: Matched) -> None:
        """Proposals count too, but a double only as far as something is still open."""
        allocations = matched.allocations
        keys = dict.fromkeys([each.member for each in allocations] + [each.member for each in matched.candidates])
        for key in keys:
            self.matched[key].append(matched)
        for each in allocations if matched.match is not Match.NONE else ():
            self._book(matched, each)

    def _book(self, matched: Matched, each: Allocation) -> None:
        is_double = matched.match is Match.REVIEW and self.is_paid(each.member, each.year)
        takes_back_double = each.fen < 0 and any(reason.code == "takes_back_double" for reason in matched.reasons)
        if not is_double and not takes_back_double:
            self._booked[each.member, each.year].append(Booking(matched.line, each.fen))

    @staticmethod
    def _due(member: Payee, year: int) -> int | None:
        """Nothing is due before a member joined."""
        if year not in member.dues and member.joined_on and year < member.joined_on.year:
            return 0
        return member.due(year)
