"""What the releases of a benchmark year have settled, read before the next one is made and written after. [D8]"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from federation.benchmarking.disclosure import ALL, Outcome, Year
from federation.benchmarking.models import Place, Release, ReleaseCell, RosterEntry

Roster = dict[str, Mapping[str, str]]


def settled_before(found: Release) -> dict[str, Year]:
    """By KPI. A quarter that was released late comes after those that were released before it."""
    year = {"release__federation": found.federation_id, "release__year": found.year}
    rosters: dict[str, Roster] = defaultdict(dict)
    for entry in RosterEntry.objects.filter(federation=found.federation_id, year=found.year):
        rosters[entry.code][str(entry.chamber_id)] = entry.facets
    behind = _behind(ReleaseCell.objects.filter(**year), Place.objects.filter(**year, is_counted=True), rosters)
    return {code: Year(rosters.get(code, {}), frozenset(behind[code])) for code in {*rosters, *behind}}


def enrol(found: Release, outcomes: Mapping[str, Outcome], years: Mapping[str, Year]) -> None:
    """Whoever counted for the first time. A KPI of which nothing was said yet has no roster."""
    new = (
        RosterEntry(
            federation_id=found.federation_id, year=found.year, release=found, code=code, chamber_id=who, facets=facets
        )
        for code, outcome in outcomes.items()
        if not outcome.is_silent
        for who, facets in outcome.counted.items()
        if code not in years or who not in years[code].roster
    )
    RosterEntry.objects.bulk_create(new)


def _behind(
    cells: Iterable[ReleaseCell], places: Iterable[Place], rosters: Mapping[str, Roster]
) -> dict[str, set[frozenset[str]]]:
    counted = defaultdict(set)
    for place in places:
        counted[place.release_id, place.code].add(str(place.chamber_id))
    behind: dict[str, set[frozenset[str]]] = defaultdict(set)
    for cell in cells:
        roster = rosters.get(cell.code, {})
        everyone = counted[cell.release_id, cell.code]
        alike = (
            who for who in everyone if cell.facet == ALL.facet or roster.get(who, {}).get(cell.facet) == cell.value
        )
        behind[cell.code].add(frozenset(alike))
    return behind
