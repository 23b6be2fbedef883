"""What the two chambers of a practice exchange say about it. Each speaks for itself, and where it is its turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from federation.benchmarking import mentoring, told
from federation.benchmarking.models import Pairing
from federation.registry.items import Item
from federation.registry.queries import sender
from huiguan.inbox.handlers import Delivered, Refused, receives
from huiguan.states import WrongState


@receives("benchmarks.exchange_asked")
def ask(message: Delivered) -> None:
    """A chamber that is behind asks; whether there is a mentor it is not told."""
    member, said = sender(message, Item.BENCHMARKING), told.read(message, told.Asked)
    code, whose = said["code"], {"federation_id": message.federation_id, "code": said["code"]}
    if not mentoring.may_ask(chamber_id=message.chamber_id, **whose):
        raise Refused(_("Only chambers that are behind the median of the newest release ask for an exchange."))
    mine = Pairing.objects.unfinished().filter(mentee_id=message.chamber_id, **whose)
    if mine.exists() or Pairing.objects.filter(pk=said["pairing_id"]).exists():
        raise Refused(_("There is an exchange about this figure already."))
    asked = Pairing(id=said["pairing_id"], federation_id=message.federation_id, code=code, wish=said["wish"])
    asked.mentee_id, asked.mentee_name = message.chamber_id, member.chamber_name
    asked.save(force_insert=True)
    mentoring.find_mentors(**whose)


@receives("benchmarks.exchange_ended")
def end(message: Delivered) -> None:
    """By either of the two; the place that became free is for the next that waits."""
    with _heard(message, told.About, as_mentee=True, as_mentor=True) as (pairing, _said):
        pairing.end()
    mentoring.find_mentors(federation_id=message.federation_id, code=pairing.code)


@receives("benchmarks.exchange_answered")
def answer(message: Delivered) -> None:
    with _heard(message, told.Answered, as_mentor=True) as (pairing, said):
        if said["accepts"]:
            pairing.agree(answer=said["answer"])
        else:
            pairing.decline()
            mentoring.find_mentors(federation_id=message.federation_id, code=pairing.code)


@receives("benchmarks.exchange_reported")
def report(message: Delivered) -> None:
    with _heard(message, told.Reported, as_mentor=True) as (pairing, said):
        pairing.report(**said)


@receives("benchmarks.exchange_targeted")
def take_on(message: Delivered) -> None:
    with _heard(message, told.Targeted, as_mentee=True) as (pairing, said):
        pairing.take_on(**said)


@receives("benchmarks.exchange_rated")
def rate(message: Delivered) -> None:
    """The second rating concludes it."""
    with _heard(message, told.Rated, as_mentee=True, as_mentor=True) as (pairing, said):
        pairing.rate(chamber_id=message.chamber_id, **said)
        if pairing.is_rated_by_both:
            pairing.close()


@contextmanager
def _heard(
    message: Delivered, shape: type[told.About], *, as_mentee: bool = False, as_mentor: bool = False
) -> Iterator[tuple[Pairing, dict[str, Any]]]:
    """The exchange in which the chamber has this part. To any other it does not exist."""
    sender(message, Item.BENCHMARKING)
    said, who = told.read(message, shape), Q(pk__in=[])
    who |= Q(mentee_id=message.chamber_id) if as_mentee else Q(pk__in=[])
    who |= Q(mentor_id=message.chamber_id) if as_mentor else Q(pk__in=[])
    pairing = Pairing.objects.filter(who, pk=said.pop("pairing_id"), federation_id=message.federation_id).first()
    if pairing is None:
        raise Refused(_("There is no such record in this federation."))
    try:
        yield pairing, said
    except (WrongState, ValidationError) as error:
        raise Refused(" ".join(getattr(error, "messages", [str(error)]))) from error
