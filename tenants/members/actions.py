"""What is done with many records of the members' folder at once: a rotation planned, a term begun."""

import datetime
from collections.abc import Collection, Sequence
from itertools import cycle

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.actors import current_actor
from huiguan.months import months_after
from tenants.members.models import Member, Position, Term, Turn
from tenants.members.models.members import forget_standings

ONE_DAY = datetime.timedelta(days=1)


def turns(members: Sequence[Member], *, first: datetime.date, months: int, until: datetime.date) -> list[Turn]:
    """One after the other, again from the beginning, to the last day; nothing is kept."""
    found: list[Turn] = []
    for number, member in enumerate(cycle(members)):
        starts_on = months_after(first, number * months)
        if starts_on > until:
            break
        ends_on = min(until, months_after(first, (number + 1) * months) - ONE_DAY)
        found.append(Turn(member=member, starts_on=starts_on, ends_on=ends_on))
    return found


@transaction.atomic
def plan_rotation(planned: Sequence[Turn]) -> None:
    """In place of what was planned from the first day on; whoever presides then hands over the day before."""
    current_actor().require("members.change")
    trail.take_turn()
    first = planned[0].starts_on
    Turn.objects.filter(starts_on__gte=first).delete()
    Turn.objects.filter(ends_on__gte=first).update(ends_on=first - ONE_DAY)
    Turn.objects.bulk_create(planned)


@transaction.atomic
def begin_term(
    *, number: int, starts_on: datetime.date, ends_on: datetime.date | None, carried: Collection[Position]
) -> Term:
    """All positions of before end the day before; the chosen go on in the new term. Raises ValidationError in words."""
    current_actor().require("members.change")
    trail.take_turn()
    before = Term.objects.first()
    if before is not None and starts_on <= before.starts_on:
        said = _("The new term must begin after {term}, which began on {day}.")
        raise ValidationError(said.format(term=before, day=f"{before.starts_on:%Y-%m-%d}"))
    term = Term(number=number, starts_on=starts_on, ends_on=ends_on)
    term.full_clean()
    term.save()
    _end_before(term)
    made = [_carried(position, term) for position in carried]
    Position.objects.bulk_create(made)
    forget_standings(set(Position.objects.values_list("member_id", flat=True)))
    return term


def _end_before(term: Term) -> None:
    last = term.starts_on - ONE_DAY
    goes_on = Q(ends_on=None) | Q(ends_on__gt=last)
    Term.objects.filter(goes_on).exclude(pk=term.pk).update(ends_on=last)
    begun = Q(starts_on=None) | Q(starts_on__lte=last)
    Position.objects.filter(goes_on, begun).update(ends_on=last)


def _carried(position: Position, term: Term) -> Position:
    made = Position(member_id=position.member_id, title=position.title, rank=position.rank, term=term)
    made.is_rotating, made.starts_on = position.is_rotating, term.starts_on
    return made
