"""Which rows of a register are the same member, as far as that is certain, and which of them stays."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from huiguan.names.organisations import is_full_company_name
from tenants.members.register.likeness import Likeness, compare
from tenants.members.register.problems import Problem
from tenants.members.register.rows import Conflict, Row, RowClass

NEIGHBOURS = 4
MOST_ALIKE = 40  # rows that share a key; more is a placeholder, not a member
COMPARED = (
    "kind",
    "credit_code",
    "legal_representative",
    "positions",
    "contacts",
    "phones",
    "industry",
    "joined",
    "dues_yuan",
    "paid",
    "registered_capital_wan",
)


@dataclass(slots=True)
class _Group:
    """Rows that are the same member."""

    rows: list[Row] = field(default_factory=list)
    how: dict[int, str] = field(default_factory=dict)  # id of a row to why it belongs here


def mark_duplicates(rows: list[Row]) -> None:
    """Turns the repeated rows of members into duplicates of the one that stays, and asks about likely ones."""
    for of_class in (RowClass.MEMBER, RowClass.WITHDRAWN):
        alike = [row for row in rows if row.row_class is of_class]
        places = _in_place(alike)
        for group in _groups(alike):
            _mark(group, places)
    _ask_about_withdrawn(rows)


def _groups(rows: list[Row]) -> Iterable[_Group]:
    groups: dict[int, _Group] = {}
    for one, other in _candidates(rows):
        likeness = compare(one, other)
        if likeness.is_certain:
            _join(groups, one, other, likeness)
        elif likeness.how:
            _ask(one, other, likeness)
    return list({id(group): group for group in groups.values()}.values())


def _candidates(rows: list[Row]) -> Iterable[tuple[Row, Row]]:
    """Pairs of rows that share a code, a name, a short name or a former name."""
    seen: set[tuple[int, int]] = set()
    by_key: dict[str, list[Row]] = {}
    for row in rows:
        for key in Likeness.keys(row):
            by_key.setdefault(key, []).append(row)
    for alike in by_key.values():
        for pair in combinations(alike[:MOST_ALIKE], 2):
            if (ids := (id(pair[0]), id(pair[1]))) not in seen:
                seen.add(ids)
                yield pair


def _join(groups: dict[int, _Group], one: Row, other: Row, likeness: Likeness) -> None:
    group = groups.get(id(one)) or _Group()
    for row in (one, other):
        for member in groups[id(row)].rows if id(row) in groups and groups[id(row)] is not group else [row]:
            if all(member is not known for known in group.rows):
                group.rows.append(member)
            groups[id(member)] = group
        group.how.setdefault(id(row), likeness.how)


def _ask(one: Row, other: Row, likeness: Likeness) -> None:
    for here, there in ((one, other), (other, one)):
        params = (("row", there.row), ("sheet", there.sheet), ("name", there.fields.get("name", "")))
        here.problems.append(Problem(likeness.how, "name", str(here.fields.get("name", "")), params=params))


def _mark(group: _Group, places: dict[int, bool]) -> None:
    main = min(group.rows, key=lambda row: _rank(row, group, places))
    for row in group.rows:
        if row is not main:
            row.row_class, row.duplicate_of = RowClass.DUPLICATE, main
            row.how = compare(main, row).how or group.how[id(row)]
            row.conflicts = list(_conflicts(row, main))


def _rank(row: Row, group: _Group, places: dict[int, bool]) -> tuple[Any, ...]:
    """The row that stays: present and full name, code, among its like, clean spelling, first."""
    name = str(row.fields["name"])
    former = {other.fields.get("former_name") for other in group.rows}
    spaced = " " in row.written_name.strip()
    contradicts = any(problem.code == "kind_contradicts_name" for problem in row.problems)
    return (
        name in former,
        not is_full_company_name(name),
        "credit_code" not in row.fields,
        contradicts,
        not places[id(row)],
        spaced,
        row.order,
    )


def _in_place(rows: list[Row]) -> dict[int, bool]:
    """Whether a row stands among rows of its own position: one pasted in later usually does not."""
    positions = [tuple(row.fields.get("positions", [])) for row in rows]
    found = {}
    for at, row in enumerate(rows):
        around = Counter(positions[max(0, at - NEIGHBOURS) : at] + positions[at + 1 : at + 1 + NEIGHBOURS])
        found[id(row)] = around[positions[at]] >= sum(around.values()) / 2
    return found


def _conflicts(row: Row, main: Row) -> Iterable[Conflict]:
    for name in COMPARED:
        here, there = row.fields.get(name), main.fields.get(name)
        if here and there and not _agree(name, here, there):
            yield Conflict(name, here, there)


def _agree(name: str, here: Any, there: Any) -> bool:
    """A date may be less precise, lists may be shorter, and a payment may lack its method."""
    if name in _LOOSE:
        return _LOOSE[name](here, there)
    return bool(here == there)


def _within(here: list[Any], there: list[Any]) -> bool:
    names = [
        [item.get("name") or item.get("written_as", "")[:1] if isinstance(item, dict) else item for item in items]
        for items in (here, there)
    ]
    return set(names[0]) <= set(names[1]) or set(names[1]) <= set(names[0])


def _same_payments(here: dict[str, Any], there: dict[str, Any]) -> bool:
    return all(
        here[year].get("amount") == there[year].get("amount") and here[year]["status"] == there[year]["status"]
        for year in here.keys() & there.keys()
    )


_LOOSE: dict[str, Callable[[Any, Any], bool]] = {
    "joined": lambda here, there: here.startswith(there) or there.startswith(here),
    "contacts": _within,
    "phones": _within,
    "paid": _same_payments,
}


def _ask_about_withdrawn(rows: list[Row]) -> None:
    """A member that also stands among those who left: it came back if it joined later, otherwise a person must say."""
    left: dict[str, Row] = {}
    for row in (row for row in rows if row.row_class is RowClass.WITHDRAWN):
        left |= dict.fromkeys(Likeness.keys(row), row)
    for row in (row for row in rows if row.row_class is RowClass.MEMBER):
        other = next(
            (left[key] for key in Likeness.keys(row) if key in left and compare(row, left[key]).is_certain), None
        )
        if other is None:
            continue
        params = (("row", other.row), ("sheet", other.sheet), ("name", other.fields.get("name", "")))
        came_back = str(row.fields.get("joined", "")) > str(other.fields.get("left_on", "9"))
        row.problems.append(
            Problem(
                "member_came_back" if came_back else "also_withdrawn",
                "status",
                str(other.fields.get("left_on", "")),
                params=params,
            )
        )
