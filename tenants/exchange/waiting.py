"""What waits in the exchange: answers and contacts to give, what the other side ended, what can be published again."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from federation.matching.models import ExpressionOfInterest
from federation.matching.queries import Introduction, introductions
from huiguan.actors import Actor
from huiguan.capability import Item
from tenants.exchange.actions import is_on_the_way
from tenants.exchange.returning import returning

STATES = ExpressionOfInterest.Status


def waiting(actor: Actor) -> Iterator[Item]:
    """The next steps of introductions that are this chamber's; what the other side ended a few days ago."""
    if actor.chamber_id is None:
        return
    for introduction in introductions(chamber_id=actor.chamber_id):
        if introduction.is_waiting_for_me and not is_on_the_way(introduction):
            yield _item(introduction)
        elif introduction.is_news:
            yield _news(introduction)
    yield from _returning()


def _item(introduction: Introduction) -> Item:
    interest = introduction.interest
    is_answer = interest.status in (STATES.SENT, STATES.MORE_INFO)
    return Item(
        title=_("{chamber}: “{title}”").format(chamber=introduction.other_name, title=introduction.other.title),
        url=reverse("exchange-introduction", args=[interest.pk]),
        why=_why(introduction),
        due=interest.answer_by if is_answer else None,
        action_label=_("Give an answer") if is_answer else _("Give contact"),
    )


def _news(introduction: Introduction) -> Item:
    title = _("{chamber}: “{title}” has ended").format(chamber=introduction.other_name, title=introduction.other.title)
    url = reverse("exchange-introduction", args=[introduction.interest.pk])
    return Item(title, url, introduction.interest.notice, level="info", action_label=_("Read"))


def _returning() -> Iterator[Item]:
    found = returning()
    if n := len(found.fit) + len(found.unfit):
        title = ngettext("Publish {n} need or offer again", "Publish {n} needs and offers again", n).format(n=n)
        why = _("Withdrawn with the sharing agreement; the chamber takes part in the matching again.")
        yield Item(title, reverse("exchange-again"), why, level="info", action_label=_("Look"))


def _why(introduction: Introduction) -> str:
    match introduction.interest.status:
        case STATES.SENT:
            return _("Interested in your “{title}”. Answer within five working days.").format(
                title=introduction.mine.title
            )
        case STATES.MORE_INFO:
            return _("Asks for more about your “{title}”.").format(title=introduction.mine.title)
        case _other:
            return _("Has agreed. Give your contact, then both sides see each other's.")
