"""What is done with several records at once: visits planned for many members, one recorded with all it brought."""

import datetime
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from huiguan import trail
from huiguan.actors import current_actor
from huiguan.files.keeping import keep_files
from huiguan.followups.actions import follow_up
from huiguan.keys import uuid7
from tenants.visits.models import Difficulty, Need, Visit
from tenants.visits.visitors import names_of

PHOTO = "visits.photo"
SATURDAY = 5
ONE_DAY = datetime.timedelta(days=1)


class Heard(NamedTuple):
    """A difficulty, and who looks after it until when."""

    text: str
    owner_id: uuid.UUID
    due_on: datetime.date


@transaction.atomic
def plan_visits(
    *,
    members: Sequence[Any],
    on: datetime.date,
    per_day: int | None,
    visitor_ids: Sequence[uuid.UUID],
    companions: str = "",
    purpose: str = "",
) -> uuid.UUID:
    """In the order given, so many a day over the days that people work; all on one day without `per_day`.

    The key names these visits, so that they can be taken back together.
    """
    current_actor().require("visits.change")
    trail.take_turn()
    batch, names = uuid7(), names_of(visitor_ids)
    shared = {"visitors": names, "visitor_ids": list(visitor_ids), "companions": companions, "purpose": purpose}
    days = _days(on, per_day, len(members))
    made = [Visit(member=m, on=day, batch=batch, **shared) for m, day in zip(members, days, strict=True)]
    Visit.objects.bulk_create(made)
    return batch


@transaction.atomic
def take_back_plan(batch: uuid.UUID) -> int:
    """What is still planned of a batch goes again; what was recorded or cancelled since stays. Returns how many."""
    current_actor().require("visits.change")
    trail.take_turn()
    planned = Visit.objects.planned().filter(batch=batch)
    number: int = planned.count()
    planned.delete()
    return number


@transaction.atomic
def record_visit(
    visit: Visit,
    *,
    said: Mapping[str, Any],
    visitor_ids: Sequence[uuid.UUID],
    difficulties: Iterable[Heard] = (),
    needs: Iterable[Mapping[str, str]] = (),
    photos: Sequence[Any] = (),
) -> None:
    """`said` holds on, found, mood, contact, companions. A visit that was recorded before gets what is new.

    Raises ValidationError in words, for the form; then nothing has happened.
    """
    current_actor().require("visits.record")
    _write_down(visit, said, visitor_ids)
    for heard in difficulties:
        _look_after(visit, heard)
    for need in needs:
        Need(visit=visit, **need).save()
    if photos:
        keep_files(about=visit, uploads=photos, purpose=PHOTO)


def _write_down(visit: Visit, said: Mapping[str, Any], visitor_ids: Sequence[uuid.UUID]) -> None:
    told = {name: said[name] for name in ("on", "found", "mood", "contact")}
    if visit._state.adding:
        visit.on = min(told["on"], localdate())
        visit.save()
    if visit.status == Visit.Status.PLANNED:
        visit.record(**told)
    for name, value in told.items():
        setattr(visit, name, value)
    visit.companions = said["companions"]
    visit.visitors, visit.visitor_ids = names_of(visitor_ids), list(visitor_ids)
    visit.save()


def _look_after(visit: Visit, heard: Heard) -> None:
    """The promise stands in its owner's tasks until it is kept."""
    made = Difficulty(visit=visit, text=heard.text)
    made.save()
    title = f"{visit.member}：{heard.text}"
    made.followup = follow_up(about=visit, title=title, owner_id=heard.owner_id, due_on=heard.due_on, why=heard.text)
    made.save()


def _days(first: datetime.date, per_day: int | None, number: int) -> list[datetime.date]:
    if not per_day:
        return [first] * number
    return list(islice(_working_days(first, per_day), number))


def _working_days(first: datetime.date, times: int) -> Iterator[datetime.date]:
    """Each day so many times; from the first on without Saturdays and Sundays."""
    day = first
    while True:
        if day.weekday() < SATURDAY or day == first:
            yield from [day] * times
        day += ONE_DAY
