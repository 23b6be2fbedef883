"""An introduction up to the contacts: interest, answers, what each side discloses."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federation.matching.constraints import Reason, refusals
from federation.matching.handlers.reading import interest_of, key_of, refusing_wrong_states, save_once
from federation.matching.models import ContactDisclosure, ExpressionOfInterest, Profile
from federation.registry.items import Item
from federation.registry.queries import sender
from huiguan.inbox.handlers import Delivered, Refused, receives

ANSWERS = ("accept", "decline", "more_info", "tell_more", "withdraw")


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
    save_once(
        ExpressionOfInterest(
            pk=key_of(message, "interest_id"),
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
    interest = interest_of(message)
    answer, text = str(message.content.get("answer")), str(message.content.get("text", ""))[:600]
    is_asked = message.chamber_id == interest.to_chamber_id
    if answer not in ANSWERS or (answer != "withdraw" and is_asked is (answer == "tell_more")):
        raise Refused(_("This answer cannot be given by your side."))
    with refusing_wrong_states():
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
    interest = interest_of(message)
    if interest.status != ExpressionOfInterest.Status.ACCEPTED:
        raise Refused(_("Contacts are exchanged after the interest was accepted."))
    given = {name: str(message.content.get(name, "")).strip() for name in ("contact_name", "contact_phone")}
    if not given["contact_name"] or not given["contact_phone"]:
        raise Refused(_("A contact has a name and a telephone number."))
    disclosure = ContactDisclosure(interest=interest, chamber_id=message.chamber_id, disclosed_at=message.sent_at)
    disclosure.contact_name, disclosure.contact_phone = given["contact_name"][:40], given["contact_phone"][:30]
    save_once(disclosure)
    if interest.disclosures.count() == 2:
        interest.exchange_contacts()


def _profile(message: Delivered, name: str, kind: str) -> Profile:
    published = Profile.objects.of(message.federation_id).filter(kind=kind)
    found: Profile | None = published.filter(pk=key_of(message, name)).first()
    if found is None:
        raise Refused(_("There is no such need or offer."))
    return found


def _broken(need: Profile, offer: Profile) -> set[Reason]:
    """Every limit that the pair breaks today; an offer that is given away is no longer open."""
    broken = set(refusals(need.as_need(), offer.as_offer(), on=localdate()))
    is_given_away = offer.pk in ExpressionOfInterest.objects.filter(offer=offer).given_away()
    return broken | ({Reason.NOT_OPEN} if is_given_away else set())


def _reason(message: Delivered) -> str:
    reason = str(message.content.get("reason", ""))
    return reason if reason in ExpressionOfInterest.Reason.values else ExpressionOfInterest.Reason.OTHER
