"""What chambers' messages do: publishing and taking back, and each step of an introduction. Nothing happens twice."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federation.matching import told
from federation.matching.constraints import Reason, refusals
from federation.matching.models import ContactDisclosure, ExpressionOfInterest, Profile
from federation.matching.models.terms import index
from federation.matching.text import analyse
from federation.registry.items import Item
from federation.registry.queries import sender
from huiguan.inbox.handlers import Delivered, Refused, receives
from huiguan.states import WrongState

ENDINGS: dict[str, Callable[[Any], None]] = {
    "withdrawn": Profile.withdraw,
    "paused": Profile.pause,
    "fulfilled": Profile.fulfil,
}
ANSWERS = ("accept", "decline", "more_info", "tell_more", "withdraw")


@receives("exchange.profile_published")
def publish_profile(message: Delivered) -> None:
    """A need or an offer appears, or its words are replaced by a new version."""
    member = sender(message, Item.MATCHING)
    profile = _own_profile(message) or Profile(pk=_key(message, "listing_id"))
    is_new = profile._state.adding
    if not is_new and int(message.content.get("version", 1)) < profile.version:
        return  # an older message came late
    profile.federation_id, profile.chamber_id = message.federation_id, message.chamber_id
    profile.chamber_name, profile.published_at = member.chamber_name, message.sent_at
    profile.ref_no = (
        f"{str(message.content.get('kind'))[:1].upper()}-{message.sent_at:%Y}-{profile.pk.hex[-6:].upper()}"
    )
    with _refusing_wrong_states():
        told.fill(profile, message.content)
        profile.save(verb="published")
        if not is_new:
            profile.publish_again(version=profile.version)
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
    with _refusing_wrong_states():
        ending(profile)
    if profile.status != Profile.Status.PAUSED:
        _end_open(profile)


@receives("exchange.interest_sent")
def receive_interest(message: Delivered) -> None:
    """The pair must still fit: what was shown yesterday may be gone today."""
    sender(message, Item.MATCHING)
    need, offer = _profile(message, "need_id", Profile.Kind.NEED), _profile(message, "offer_id", Profile.Kind.OFFER)
    if message.chamber_id not in (need.chamber_id, offer.chamber_id):
        raise Refused(_("Neither the need nor the offer is your chamber's."))
    if broken := _broken(need, offer):
        reasons = _(", ").join(str(reason.label) for reason in Reason if reason in broken)
        raise Refused(_("They do not fit any more: {reasons}.").format(reasons=reasons))
    mine, other = (need, offer) if need.chamber_id == message.chamber_id else (offer, need)
    _save_once(
        ExpressionOfInterest(
            pk=_key(message, "interest_id"),
            federation_id=message.federation_id,
            need=need,
            offer=offer,
            from_chamber_id=mine.chamber_id,
            from_name=mine.chamber_name,
            to_chamber_id=other.chamber_id,
            to_name=other.chamber_name,
            message=str(message.content.get("message", ""))[:600],
            sent_at=message.sent_at,
        )
    )


@receives("exchange.interest_answered")
def receive_answer(message: Delivered) -> None:
    """The asked side accepts, declines or asks for more; the asking side tells more; either may step back."""
    interest = _interest(message)
    answer, text = str(message.content.get("answer")), str(message.content.get("text", ""))[:600]
    is_asked = message.chamber_id == interest.to_chamber_id
    if answer not in ANSWERS or (answer != "withdraw" and is_asked is (answer == "tell_more")):
        raise Refused(_("This answer cannot be given by your side."))
    with _refusing_wrong_states():
        if answer == "accept":
            interest.accept(answer=text)
        elif answer == "decline":
            interest.decline(reason=_reason(message), answer=text)
        elif answer == "more_info":
            interest.ask_more(answer=text)
        elif answer == "tell_more":
            interest.tell_more(message=text)
        else:
            interest.withdraw(by=message.chamber_id, notice=text or _("The other side stepped back."))


@receives("exchange.contact_disclosed")
def receive_contact(message: Delivered) -> None:
    """Kept unseen until the other side has given its own."""
    interest = _interest(message)
    if interest.status != ExpressionOfInterest.Status.ACCEPTED:
        raise Refused(_("Contacts are exchanged after the interest was accepted."))
    given = {name: str(message.content.get(name, "")).strip() for name in ("contact_name", "contact_phone")}
    if not given["contact_name"] or not given["contact_phone"]:
        raise Refused(_("A contact has a name and a telephone number."))
    disclosure = ContactDisclosure(interest=interest, chamber_id=message.chamber_id, disclosed_at=message.sent_at)
    disclosure.contact_name, disclosure.contact_phone = given["contact_name"][:40], given["contact_phone"][:30]
    _save_once(disclosure)
    if interest.disclosures.count() == 2:
        interest.exchange_contacts()


@receives("exchange.outcome_reported")
def receive_outcome(message: Delivered) -> None:
    """How it ended, in the words of one side."""
    interest, content = _interest(message), message.content
    note = str(content.get("note", ""))[:600]
    with _refusing_wrong_states():
        if content.get("result") == "agreed":
            interest.agree(yuan=content.get("amount"), jobs=content.get("jobs"), note=note)
        else:
            interest.end_without_deal(note=note)


def _own_profile(message: Delivered) -> Profile | None:
    """The chamber's profile of this listing. Another chamber's key, or another federation's, is refused."""
    found: Profile | None = Profile.objects.filter(pk=_key(message, "listing_id")).first()
    if found and (found.chamber_id, found.federation_id) != (message.chamber_id, message.federation_id):
        raise Refused(_("There is no such need or offer."))
    return found


def _profile(message: Delivered, name: str, kind: str) -> Profile:
    published = Profile.objects.of(message.federation_id).filter(kind=kind)
    found: Profile | None = published.filter(pk=_key(message, name)).first()
    if found is None:
        raise Refused(_("There is no such need or offer."))
    return found


def _interest(message: Delivered) -> ExpressionOfInterest:
    """One of the chamber's own introductions; another's does not exist for it, nor any once it takes no part."""
    sender(message, Item.MATCHING)
    mine = ExpressionOfInterest.objects.filter(federation_id=message.federation_id).of_chamber(message.chamber_id)
    found: ExpressionOfInterest | None = mine.filter(pk=_key(message, "interest_id")).first()
    if found is None:
        raise Refused(_("There is no such introduction."))
    return found


def _broken(need: Profile, offer: Profile) -> set[Reason]:
    """Every limit that the pair breaks today; an offer that is given away is no longer open."""
    broken = set(refusals(need.as_need(), offer.as_offer(), on=localdate()))
    is_given_away = offer.pk in ExpressionOfInterest.objects.filter(offer=offer).given_away()
    return broken | ({Reason.NOT_OPEN} if is_given_away else set())


def _end_open(profile: Profile) -> None:
    """With a notice to the other side. One that was accepted may be what fulfilled it: that one goes on."""
    is_fulfilled = profile.status == Profile.Status.FULFILLED
    for mine in (profile.interests_in_need, profile.interests_in_offer):
        for interest in mine.awaiting_answer() if is_fulfilled else mine.without_contact():
            notice = _("“{title}” is no longer published.").format(title=profile.title)
            interest.withdraw(by=profile.chamber_id, notice=notice)


def _save_once(record: Any) -> None:
    """A second of the same is no mistake of the sender's worth a retry: it is refused."""
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(_("This has been sent before.")) from error


def _reason(message: Delivered) -> str:
    reason = str(message.content.get("reason", ""))
    return reason if reason in ExpressionOfInterest.Reason.values else ExpressionOfInterest.Reason.OTHER


def _key(message: Delivered, name: str) -> uuid.UUID:
    try:
        return uuid.UUID(str(message.content.get(name)))
    except ValueError as error:
        raise Refused(_("The message names nothing that exists.")) from error


@contextmanager
def _refusing_wrong_states() -> Iterator[None]:
    try:
        yield
    except WrongState as error:
        raise Refused(str(error)) from error
