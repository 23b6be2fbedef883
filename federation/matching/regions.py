"""Regions by their six-digit code (GB/T 2260): which contains which, and how near an offer is to a need.

The first two digits are the province, the next two the city, the last two the district; zeros mean "all of it".
"""

from collections.abc import Iterable

from federation.matching.profiles import NATIONWIDE, ONLINE


def contains(outer: str, inner: str) -> bool:
    """Whether `inner` lies in `outer` or is the same."""
    return outer == NATIONWIDE or (_is_code(outer) and inner.startswith(_stem(outer)))


def serves_there(wanted: str, served: Iterable[str]) -> bool:
    """Whether one of the regions served is, contains or lies in the wanted one. Remote help is not there."""
    return any(contains(region, wanted) or contains(wanted, region) for region in served if region != ONLINE)


def nearness(wanted: str, served: Iterable[str]) -> float:
    """How well the regions served fit the wanted one, from 0 to 1 (federation.md A.3)."""
    return 1.0 if wanted == NATIONWIDE else max((_nearness(wanted, region) for region in served), default=0.0)


def _nearness(wanted: str, region: str) -> float:
    if region == NATIONWIDE:
        return 0.9
    if region == ONLINE:
        return 0.8
    if wanted == region or contains(region, wanted):
        return 1.0
    return 0.6 if wanted[:2] == region[:2] else 0.0


def _is_code(region: str) -> bool:
    return len(region) == 6 and region.isdigit()


def _stem(region: str) -> str:
    """The digits that matter: 61 of 610000, 6101 of 610100."""
    if region.endswith("0000"):
        return region[:2]
    return region[:4] if region.endswith("00") else region
