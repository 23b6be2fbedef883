"""What waits in the exchange: answers to give, contacts to give, drafts to publish, results to report."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from federation.matching.models import ExpressionOfInterest
from federation.matching.queries import Introduction, introductions
from huiguan.actors import Actor
from huiguan.capability import Item
from tenants.exchange.actions import is_on_the_way

STATES = ExpressionOfInterest.Status


def waiting(actor: Actor) -> Iterator[Item]:
    """The next steps of introductions that are this chamber's."""
    if actor.chamber_id is None:
        return
    for introduction in introductions(chamber_id=actor.chamber_id):
        if introduction.is_waiting_for_me and not is_on_the_way(introduction):
            yield _item(introduction)


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
