"""A year's dues of many members: in one action, and the way most programs do it, one save after another."""

import datetime
from typing import Any

from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber

LEVELS = (
    ("会长单位", ["会长"], 30_000),
    ("副会长单位", ["副会长"], 10_000),
    ("理事单位", ["理事"], 5_000),
    ("会员", [], 2_000),
)
YEAR = 2026


def dues_chamber(members: int, slug: str) -> None:
    """Members with positions, and adopted rules."""
    from tenants.dues.models import Level, Ruleset
    from tenants.members.models import Member, Position

    with in_chamber(Chamber.objects.get(slug=slug)), acting_as(SYSTEM):
        made = [Member(name=f"西安样本{n}商贸有限公司", sort_key=f"{n:06}") for n in range(members)]
        Member.objects.bulk_create(made, batch_size=1000)
        titled = [Position(member=m, title=LEVELS[n % 4][1][0]) for n, m in enumerate(made) if n % 4 < 3]
        Position.objects.bulk_create(titled, batch_size=1000)
        rules = Ruleset.objects.create(title="会费标准", effective_from=datetime.date(2024, 1, 1))
        for order, (name, titles, yuan) in enumerate(LEVELS):
            Level.objects.create(ruleset=rules, order=order, name=name, titles=titles, amount_fen=100 * yuan)
        rules.adopt(body="general_assembly", resolution="决议", resolved_on=datetime.date(2023, 12, 1))


def assess(slug: str) -> dict[str, Any]:
    from tenants.dues.assessing import assess_dues
    from tenants.dues.models import Entry

    with in_chamber(Chamber.objects.get(slug=slug)), acting_as(SYSTEM):
        made = assess_dues(year=YEAR)
        return {"members": made.members, "fen": Entry.objects.total()}


def assess_one_by_one(slug: str) -> dict[str, Any]:
    """The same charges and entries with the same trail, each saved by itself."""
    from tenants.dues.assessing import dry_run
    from tenants.dues.models import Charge, Entry

    with in_chamber(Chamber.objects.get(slug=slug)), acting_as(SYSTEM):
        run = dry_run(YEAR)
        for serial, row in enumerate(run.to_charge, start=1):
            due = run.ruleset.due_on(YEAR)
            charge = Charge(member=row.member, year=YEAR, amount_fen=row.fen, open_fen=row.fen, due_on=due)
            charge.ruleset, charge.serial, charge.level = run.ruleset, serial, row.level.name if row.level else ""
            charge.save()
            Entry(member=row.member, charge=charge, kind="assessed", amount_fen=row.fen, batch=charge.pk).save()
        return {"members": len(run.to_charge), "fen": Entry.objects.total()}
