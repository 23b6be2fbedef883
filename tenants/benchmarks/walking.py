"""Random steps with key figures: agreed to one by one, sent, taken back; what a release would count now."""

from federation.benchmarking.releasing import newest_figures
from federation.registry.items import Item
from federation.registry.queries import members
from federation.registry.walking import Walk, World, walk
from tenants.benchmarks import actions
from tenants.benchmarks.models import Figure, Share

UNDER = f"item:{Item.BENCHMARKING}"
CODES = ("K01", "K02", "K06", "K11")
YEAR, QUARTER = 2026, 1


def share_or_withdraw(world: World) -> None:
    """Each key figure is a consent of its own."""
    code = world.chance.choice(CODES)
    _figure(code, 0)
    standing = Share.objects.standing(world.federation.pk).filter(code=code).first()
    if standing:
        actions.withdraw(standing)
        world.take(f"kpi:{code}")
    else:
        actions.share(federation_id=world.federation.pk, federation_name=world.federation.name, code=code)
        world.give(f"kpi:{code}", under=UNDER)


def send(world: World) -> None:
    """Every figure with a value that was never sent before."""
    for code in CODES:
        world.number += 1
        _figure(code, world.number)
        world.send(f"{code}={world.number}", UNDER, f"kpi:{code}")
    here = world.federation
    actions.send(federation_id=here.pk, federation_name=here.name, year=YEAR, quarter=QUARTER)


def seen(world: World) -> set[str]:
    """What a release that is made now would count, read as the release job reads it."""
    if world.chamber.pk not in {member.chamber_id for member in members(world.federation.pk, Item.BENCHMARKING)}:
        return set()
    newest = newest_figures(federation_id=world.federation.pk, year=YEAR, quarter=QUARTER)
    mine = {code: row for (code, chamber_id), row in newest.items() if chamber_id == world.chamber.pk}
    return {f"{code}={row.value:.0f}" for code, row in mine.items() if row.value is not None and not row.is_withdrawn}


def _figure(code: str, value: int) -> None:
    told = {"value": value, "numerator": value, "denominator": 10}
    whose = {"code": code, "year": YEAR, "quarter": QUARTER}
    Figure.objects.get_or_create(**whose, defaults=told)
    if value:
        Figure.objects.filter(**whose).update(**told)


walk(Walk("benchmarking", [share_or_withdraw, send], seen))
