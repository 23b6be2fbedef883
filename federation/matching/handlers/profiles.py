"""Publishing a need or an offer, and taking it back."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from federation.matching import reviewing, told
from federation.matching.handlers.reading import key_of, refusing_wrong_states
from federation.matching.models import Profile
from federation.matching.models.terms import index
from federation.matching.text import analyse
from federation.registry.items import Item
from federation.registry.queries import sender
from huiguan.inbox.handlers import Delivered, Refused, receives

ENDINGS: dict[str, Callable[[Any], None]] = {
    "withdrawn": Profile.withdraw,
    "paused": Profile.pause,
    "fulfilled": Profile.fulfil,
}


@receives("exchange.profile_published")
def publish_profile(message: Delivered) -> None:
    """A need or an offer appears, or its words are replaced by a new version."""
    member = sender(message, Item.MATCHING)
    profile = _own_profile(message) or Profile(pk=key_of(message, "listing_id"))
    is_new = profile._state.adding
    if not is_new and int(message.content.get("version", 1)) < profile.version:
        return  # an older message came late
    profile.federation_id, profile.chamber_id = message.federation_id, message.chamber_id
    profile.chamber_name, profile.published_at = member.chamber_name, message.sent_at
    profile.ref_no = (
        f"{str(message.content.get('kind'))[:1].upper()}-{message.sent_at:%Y}-{profile.pk.hex[-6:].upper()}"
    )
    with refusing_wrong_states():
        told.fill(profile, message.content)
        reader = reviewing.needs_reader(profile)
        if is_new and reader:
            profile.status = Profile.Status.IN_REVIEW
        profile.save(verb="published")
        if not is_new:
            profile.await_review() if reader else profile.publish_again(version=profile.version)
        reviewing.ask(profile, reader) if reader else reviewing.drop_waiting(profile)
    index(profile, analyse(profile.title, profile.text))


@receives("exchange.profile_withdrawn")
def withdraw_profile(message: Delivered) -> None:
    """Paused, fulfilled or withdrawn: also by a chamber that takes no part any more. Open introductions end with it."""
    profile = _own_profile(message)
    ending = ENDINGS.get(str(message.content.get("reason")))
    if profile is None or ending is None:
        raise Refused(_("There is no such need or offer."))
    if profile.status == Profile.Status.TAKEN_BACK and ending is Profile.pause:
        return  # it is shown to nobody already
    with refusing_wrong_states():
        ending(profile)
    reviewing.drop_waiting(profile)
    if profile.status != Profile.Status.PAUSED:
        _end_open(profile)


def _own_profile(message: Delivered) -> Profile | None:
    """The chamber's profile of this listing. Another chamber's key, or another federation's, is refused."""
    found: Profile | None = Profile.objects.filter(pk=key_of(message, "listing_id")).first()
    if found and (found.chamber_id, found.federation_id) != (message.chamber_id, message.federation_id):
        raise Refused(_("There is no such need or offer."))
    return found


def _end_open(profile: Profile) -> None:
    """With a notice to the other side. One that was accepted may be what fulfilled it: that one goes on."""
    is_fulfilled = profile.status == Profile.Status.FULFILLED
    for mine in (profile.interests_in_need, profile.interests_in_offer):
        for interest in mine.awaiting_answer() if is_fulfilled else mine.without_contact():
            notice = _("“{title}” is no longer published.").format(title=profile.title)
            interest.withdraw(by=profile.chamber_id, notice=notice)
