"""What ends with the item `matching`: needs, offers, open introductions, and the contacts that others see."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from federation.matching import reviewing
from federation.matching.models import Dispute, ExpressionOfInterest, Profile, ProfileReview
from federation.registry.items import Item
from federation.registry.taking_back import Ending, Whose, on_item_taken_back
from huiguan.capability import Place

ENDED = ngettext_lazy(
    "{n} open introduction ends, and the other side is told",
    "{n} open introductions end, and the other sides are told",
)
HIDDEN = ngettext_lazy(
    "the contacts of {n} introduction are no longer shown to either side",
    "the contacts of {n} introductions are no longer shown to either side",
)


@on_item_taken_back(Item.MATCHING, Place.FEDERATION)
def end_matching(whose: Whose) -> Iterator[Ending]:
    """Introductions first: their notice names what they were about. Needs and offers are told by the chamber's side."""
    by = whose.chamber_id
    mine = ExpressionOfInterest.objects.filter(federation_id=whose.federation_id).of_chamber(by)
    mine = mine.select_related("need", "offer")
    yield Ending(mine.without_contact(), lambda one: one.withdraw(by=by, notice=_gone(one, whose)), ENDED)
    yield Ending(mine.showing_contacts(), lambda one: one.take_contacts_back(by=by, notice=_hidden(one, whose)), HIDDEN)
    disputes = Dispute.objects.of(whose.federation_id).lasting().select_related("interest__need", "interest__offer")
    yield Ending(disputes.between(by), lambda one: _end_dispute(one, whose))
    yield Ending(disputes.filter(mediator_id=by), Dispute.lose_mediator)
    waiting = ProfileReview.objects.of(whose.federation_id).waiting().select_related("profile")
    yield Ending(waiting.filter(profile__chamber_id=by), ProfileReview.drop)
    yield Ending(waiting.filter(reviewer_id=by), reviewing.leave_reader)
    published = Profile.objects.of(whose.federation_id).filter(chamber_id=by)
    yield Ending(published.standing(), Profile.take_back)


def _end_dispute(dispute: Dispute, whose: Whose) -> None:
    dispute.give_up(ending=_gone(dispute.interest, whose))
    dispute.interest.break_off()


def _hidden(interest: ExpressionOfInterest, whose: Whose) -> str:
    return _("{gone} The contacts are no longer shown.").format(gone=_gone(interest, whose))


def _gone(interest: ExpressionOfInterest, whose: Whose) -> str:
    """Names no chamber: the other side may know it only as “a member chamber”."""
    own = interest.need if interest.need.chamber_id == whose.chamber_id else interest.offer
    return _("The chamber of “{title}” takes no part in the matching any more.").format(title=own.title)
