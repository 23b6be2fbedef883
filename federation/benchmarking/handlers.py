"""Receives figures. Whoever writes them here cannot read them back."""

from typing import Any

from django.utils.translation import gettext as _

from federation.benchmarking import mentoring, receiving
from federation.benchmarking.models import Practice, Release, Submission
from federation.benchmarking.practices import is_in_the_better_quarter
from federation.registry.items import Item
from federation.registry.queries import sender
from huiguan.inbox.handlers import Delivered, Refused, receives

__all__ = ["receiving"]  # imported for the messages it receives


@receives("benchmarks.figures_sent", is_secret=True)
def take_figures(message: Delivered) -> None:
    """The figures of one quarter. After the release is frozen nothing changes it (D5)."""
    _check(message)
    said = message.content
    Submission.objects.bulk_create([_submission(message, figure, said) for figure in said["figures"]])


@receives("benchmarks.figure_withdrawn")
def withdraw_figure(message: Delivered) -> None:
    """A KPI that the chamber no longer shares; earlier releases stay as they are."""
    _check(message)
    row = _submission(message, {**message.content, "value": None}, message.content)
    row.is_withdrawn = True
    Submission.objects.bulk_create([row])


@receives("benchmarks.practice_shared")
def show_practice(message: Delivered) -> None:
    """A card of a chamber of the better quarter; a later one takes its place."""
    member, said = sender(message, Item.BENCHMARKING), message.content
    whose = {"chamber_id": message.chamber_id, "federation_id": message.federation_id, "code": said["code"]}
    if not is_in_the_better_quarter(**whose):
        raise Refused(_("Only chambers of the better quarter of the newest release share how they do it."))
    card = Practice.objects.filter(**whose).first() or Practice(**whose)
    card.chamber_name, card.title, card.text = member.chamber_name, said["title"], said["text"]
    card.takes_mentees = bool(said.get("takes_mentees"))
    card.save()
    if card.takes_mentees:
        mentoring.find_mentors(federation_id=message.federation_id, code=card.code)
    else:
        mentoring.free_mentor(**whose)


@receives("benchmarks.practice_ended")
def end_practice(message: Delivered) -> None:
    sender(message, Item.BENCHMARKING)
    whose = {"chamber_id": message.chamber_id, "federation_id": message.federation_id, "code": message.content["code"]}
    for card in Practice.objects.filter(**whose):
        card.delete()
    mentoring.free_mentor(**whose)


def _check(message: Delivered) -> None:
    sender(message, Item.BENCHMARKING)
    quarter = {"year": message.content["year"], "quarter": message.content["quarter"]}
    frozen = Release.objects.filter(federation_id=message.federation_id, **quarter).exclude(status=Release.Status.OPEN)
    if frozen.exists():
        raise Refused(_("The release of this quarter is frozen; figures for it are no longer taken."))


def _submission(message: Delivered, figure: dict[str, Any], said: dict[str, Any]) -> Submission:
    return Submission(
        federation_id=message.federation_id,
        chamber_id=message.chamber_id,
        code=figure["code"],
        version=figure["version"],
        year=said["year"],
        quarter=said["quarter"],
        value=figure["value"],
        organisation=said.get("organisation", ""),
        members=said.get("members", 0),
        is_for_topics=figure["code"] in said.get("for_topics", ()),
        sent_at=message.sent_at,
    )
