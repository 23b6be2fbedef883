"""Reckons what each member owes for a year: first as a dry run that a person reads, then for real. [S2]"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.actors import current_actor
from huiguan.kit.formats import money
from tenants.dues import ledger
from tenants.dues.models import Assessment, Charge, Level, Ruleset

YUAN = 100


@dataclass(frozen=True)
class Reckoned:
    """One member in a dry run; amounts in fen. `last_year_fen` is None for who was not charged then."""

    member: Any
    level: Level | None
    fen: int
    how: str
    last_year_fen: int | None
    is_charged_already: bool
    agreed_fen: int | None

    @property
    def is_new(self) -> bool:
        return self.fen > 0 and not self.is_charged_already

    @property
    def difference(self) -> int | None:
        """Against last year, in fen."""
        return None if self.last_year_fen is None else self.fen - self.last_year_fen

    @property
    def differs_from_register(self) -> bool:
        """Whether the register says another amount than the rules."""
        return self.agreed_fen is not None and self.level is not None and self.agreed_fen != self.level.amount_fen


@dataclass(frozen=True)
class DryRun:
    """What an assessment would do. Nothing is written by making one."""

    year: int
    ruleset: Ruleset
    rows: Sequence[Reckoned]

    @property
    def to_charge(self) -> list[Reckoned]:
        return [row for row in self.rows if row.is_new]

    @property
    def total_fen(self) -> int:
        return sum(row.fen for row in self.to_charge)

    @property
    def without_level(self) -> list[Reckoned]:
        """Members that no level is for: the rules have none for everybody else."""
        return [row for row in self.rows if row.level is None]


def dry_run(year: int) -> DryRun:
    """By the rules in force on the first of January. Raises ValidationError when there are none."""
    first = datetime.date(year, 1, 1)
    ruleset = Ruleset.objects.in_force(first) or Ruleset.objects.in_force(datetime.date(year, 12, 31))
    if ruleset is None:
        raise ValidationError(_("No adopted rules apply in {year}. Adopt dues rules first.").format(year=year))
    levels = list(ruleset.levels.all())
    before, already = _charged(year - 1), _charged(year)
    rows = [
        _reckon(member, ruleset, levels, year, before.get(member.pk), member.pk in already)
        for member in _members_of(year)
    ]
    return DryRun(year, ruleset, rows)


@transaction.atomic
def assess_dues(*, year: int) -> Assessment:
    """Charge every member that the year was not charged to yet. Raises ValidationError when nobody is left."""
    current_actor().require("dues.assess")
    trail.take_turn()
    run = dry_run(year)
    if not run.to_charge:
        raise ValidationError(_("Everybody has been charged for {year}.").format(year=year))
    made = Assessment(year=year, ruleset=run.ruleset, members=len(run.to_charge), total_fen=run.total_fen)
    made.save()
    ledger.assess([_charge(row, run, made) for row in run.to_charge], reason=str(made))
    return made


def _charge(row: Reckoned, run: DryRun, assessment: Assessment) -> Charge:
    joined = row.member.joined_on
    due = run.ruleset.due_on(run.year)
    if joined is not None and joined > due:  # who joins later is given the days of grace from then on
        due = joined + datetime.timedelta(days=run.ruleset.grace_days)
    return Charge(
        member_id=row.member.pk,
        ruleset=run.ruleset,
        assessment=assessment,
        year=run.year,
        level=row.level.name if row.level else "",
        amount_fen=row.fen,
        due_on=due,
        how=row.how[:200],
    )


def _reckon(
    member: Any, ruleset: Ruleset, levels: list[Level], year: int, last_year_fen: int | None, is_charged: bool
) -> Reckoned:
    level = Level.of(levels, _titles_in(member, year))
    share, why = _share(member.joined_on, ruleset, year)
    fen = round(level.amount_fen * share / YUAN) * YUAN if level else 0
    how = f"{level.name} {money(level.amount_fen)}{why}" if level else _("no level")
    return Reckoned(member, level, fen, how, last_year_fen, is_charged, member.dues_fen)


def _share(joined: datetime.date | None, ruleset: Ruleset, year: int) -> tuple[float, str]:
    """Which part of the year a newcomer pays, and why in words. Who was there before pays all of it."""
    if joined is None or joined.year < year or ruleset.newcomers == Ruleset.Newcomers.FULL:
        return 1, ""
    match ruleset.newcomers:
        case Ruleset.Newcomers.MONTHS:
            left = 13 - joined.month
            return left / 12, _(" × {n}/12, joined {day:%Y-%m}").format(n=left, day=joined)
        case Ruleset.Newcomers.HALF_YEAR if joined.month > 6:
            return 0.5, _(" × 1/2, joined {day:%Y-%m}").format(day=joined)
        case Ruleset.Newcomers.NEXT_YEAR if joined.month > 9:
            return 0, _(" × 0, joined {day:%Y-%m}").format(day=joined)
    return 1, ""


def _members_of(year: int) -> Iterable[Any]:
    """Everybody who belongs to the chamber in the year and had not left before it began, with their positions."""
    members = apps.get_model("members", "Member").objects.active().prefetch_related("positions")
    return [m for m in members if m.joined_on is None or m.joined_on.year <= year]


def _titles_in(member: Any, year: int) -> set[str]:
    """Positions held on some day of the year."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return {
        p.title
        for p in member.positions.all()
        if (p.starts_on is None or p.starts_on <= last) and (p.ends_on is None or p.ends_on >= first)
    }


def _charged(year: int) -> dict[UUID, int]:
    return dict(Charge.objects.of_year(year).values_list("member", "amount_fen"))
