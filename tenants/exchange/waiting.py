"""What waits in the exchange: answers and contacts to give, what the other side ended, what can be published again."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrPromise

from federation.matching.introductions import Introduction, Mediation
from federation.matching.models.states import TALKING, Status
from federation.matching.queries import introductions, mediations, readings_of, returned_to
from huiguan.actors import Actor
from huiguan.capability import Item
from tenants.exchange.actions import is_on_the_way
from tenants.exchange.models import Find, Listing
from tenants.exchange.progress import is_read
from tenants.exchange.returning import returning

WHY: dict[str, StrPromise] = {
    Status.SENT: gettext_lazy("Interested in your “{mine}”. Answer within five working days."),
    Status.MORE_INFO: gettext_lazy("Asks for more about your “{mine}”."),
    Status.ACCEPTED: gettext_lazy("Has agreed. Give your contact, then both sides see each other's."),
    Status.CONTACTS_EXCHANGED: gettext_lazy("In contact about your “{mine}” for ten working days: what came of it?"),
    Status.NEGOTIATING: gettext_lazy("Negotiating about your “{mine}”: how far is it?"),
    Status.AGREED: gettext_lazy("Agreed on your “{mine}” twenty working days ago: has it been delivered?"),
    Status.DELIVERED: gettext_lazy("Your “{mine}” is delivered: confirm what came of it."),
    Status.DISPUTED: gettext_lazy("{other} asks for mediation in the dispute about your “{mine}”. Do you too?"),
}
ACTIONS: dict[str, StrPromise] = {
    Status.ACCEPTED: gettext_lazy("Give contact"),
    **dict.fromkeys((*TALKING, Status.AGREED), gettext_lazy("Report")),
    Status.DELIVERED: gettext_lazy("Confirm"),
}


def waiting(actor: Actor) -> Iterator[Item]:
    """The next steps of introductions that are this chamber's; what the other side ended a few days ago."""
    if actor.chamber_id is None:
        return
    for introduction in introductions(chamber_id=actor.chamber_id):
        if introduction.is_waiting_for_me and not is_on_the_way(introduction):
            yield _item(introduction)
        elif introduction.is_news:
            yield _news(introduction)
    yield from (_mediation(found) for found in mediations(chamber_id=actor.chamber_id) if found.is_waiting)
    yield from _readings(actor.chamber_id)
    yield from map(_submitted, Listing.objects.submitted())
    yield from (_expiring(listing) for listing in Listing.objects.live() if listing.can_be_renewed)
    yield from _finds()
    yield from _returning()


def _item(introduction: Introduction) -> Item:
    interest = introduction.interest
    return Item(
        title=_("{chamber}: “{title}”").format(chamber=introduction.other_name, title=introduction.other.title),
        url=reverse("exchange-introduction", args=[interest.pk]),
        why=_why(introduction),
        due=interest.answer_by if interest.status in (Status.SENT, Status.MORE_INFO) else interest.ask_on,
        action_label=ACTIONS.get(interest.status) or _("Give an answer"),
    )


def _mediation(found: Mediation) -> Item:
    title = _("Mediate: {one} and {other}").format(one=found.sides[0], other=found.sides[1])
    why = _("The federation asks your chamber to mediate as no party: “{need}” · “{offer}”.")
    url = reverse("exchange-mediation", args=[found.dispute.pk])
    return Item(title, url, why.format(need=found.need.title, offer=found.offer.title), action_label=_("Look"))


def _news(introduction: Introduction) -> Item:
    title = _("{chamber}: “{title}” has ended").format(chamber=introduction.other_name, title=introduction.other.title)
    url = reverse("exchange-introduction", args=[introduction.interest.pk])
    return Item(title, url, introduction.interest.notice, level="info", action_label=_("Read"))


def _readings(chamber_id: UUID) -> Iterator[Item]:
    """What this chamber is asked to read first; what of its own came back."""
    for review, profile in readings_of(chamber_id=chamber_id):
        if not is_read(review.pk):
            url, why = reverse("exchange-reading", args=[review.pk]), _("Read it before others find it.")
            yield Item(profile.title, url, why, due=review.due_on, action_label=_("Look"))
    for review in returned_to(chamber_id=chamber_id):
        url, why = reverse("exchange-listing-detail", args=[review.profile_id]), _(", ").join(review.remark_labels())
        yield Item(str(review), url, why, level="due", action_label=_("Look"))


def _submitted(listing: Listing) -> Item:
    url = reverse("exchange-listing-detail", args=[listing.pk])
    return Item(
        str(listing), url, _("Submitted for publication: read it, publish or return it."), action_label=_("Look")
    )


def _expiring(listing: Listing) -> Item:
    """A renewal is a new version: read again, word for word, before it leaves."""
    url, last = reverse("exchange-listing-move", args=[listing.pk, "publish"]), listing.shown_until()
    return Item(str(listing), url, _("Soon nobody finds it any more: renew it?"), due=last, action_label=_("Renew"))


def _finds() -> Iterator[Item]:
    """One line for all, and one for each that is urgent."""
    unread = list(Find.objects.unread().select_related("search", "listing"))
    url = reverse("exchange-finds")
    for find in (find for find in unread if find.is_urgent):
        why = _("Urgent: fits “{name}”.").format(name=find.listing or find.search)
        yield Item(find.title, url, why, level="due", action_label=_("Look"))
    if n := sum(not find.is_urgent for find in unread):
        title = ngettext("{n} new need or offer fits", "{n} new needs and offers fit", n).format(n=n)
        yield Item(title, url, _("What you look for, or what you published."), level="info", action_label=_("Look"))


def _returning() -> Iterator[Item]:
    found = returning()
    if n := len(found.fit) + len(found.unfit):
        title = ngettext("Publish {n} need or offer again", "Publish {n} needs and offers again", n).format(n=n)
        why = _("Withdrawn with the sharing agreement; the chamber takes part in the matching again.")
        yield Item(title, reverse("exchange-again"), why, level="info", action_label=_("Look"))


def _why(introduction: Introduction) -> str:
    said = WHY[introduction.interest.status]
    return str(said).format(mine=introduction.mine.title, other=introduction.other_name)
