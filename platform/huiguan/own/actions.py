"""Makes links, writes them to contacts, revokes them. What folders and pages call."""

import uuid
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from huiguan import links, trail
from huiguan.about import CHAMBER_URLS
from huiguan.actors import current_actor
from huiguan.blanks import fill
from huiguan.deliveries.actions import Recipient, deliver
from huiguan.deliveries.addresses import mail_address, mobile_number
from huiguan.deliveries.models import Channel, Delivery
from huiguan.deliveries.purposes import Purpose
from huiguan.own.models import Link, end_of_life
from huiguan.own.purposes import INVITED
from huiguan.tenancy.binding import bound_chamber, in_site
from huiguan.tenancy.hosts import absolute_url, primary_host
from huiguan.together import own_pages

PURPOSE = "own"
MOST_ASKED = 5  # of the entries that one telephone stands at


@transaction.atomic
def link_for(contact: Any) -> Link:
    """The contact's one link, with thirty days before it. Raises ValidationError for a member who has left."""
    current_actor().require("own.send")
    if contact.member.status != "active":
        raise ValidationError(_("“{name}” is no member any more.").format(name=contact.member))
    trail.take_turn()
    link: Link | None = Link.objects.select_for_update().filter(contact=contact, status=Link.Status.LIVE).first()
    if link and not link.is_live:
        link.revoke()  # whoever has the old one is perhaps somebody else
        link = None
    link = link or Link(contact=contact, member=contact.member)
    link.expires_at = end_of_life()
    link.bind()
    link.save()
    return link


def invite(contact: Any, *, channel: Channel, to: str = "", purpose: Purpose = INVITED) -> Delivery:
    """Write the contact's link to them; `to` is the url name of the own page it opens."""
    return send(link_for(contact), channel=channel, to=to, purpose=purpose)


def send(
    link: Link, *, channel: Channel, to: str = "", purpose: Purpose = INVITED, words: str = "", dedupe: str = ""
) -> Delivery:
    """`words` stand before the address of the link. The row says what became of it, also when there is no address."""
    chamber = bound_chamber()
    contact, url = link.contact, address_of(link, to)
    said = {"name": contact.name, "member": link.member.name, "chamber": chamber.name, "url": url}
    said["day"] = date_format(localtime(link.expires_at), "DATE_FORMAT")
    begun = words or _("{name}, with this link you see what {chamber} keeps of {member}, and what waits for you:")
    lasting = _("It works until {day} and is for you alone. Do not pass it on.").format(**said)
    return deliver(
        about=link,
        channel=channel,
        to=Recipient(contact.name, contact.email if channel == Channel.EMAIL else contact.phone),
        subject=_("Your pages at {chamber}").format(**said),
        body="\n".join([fill(begun, said), url, lasting]),
        purpose=purpose,
        parameters={"link": url, "member": link.member.name, "token": url.rpartition("/e/")[2]},
        dedupe=dedupe,
    )


def address_of(link: Link, to: str = "") -> str:
    """The whole address, on the chamber's own host. Raises ValueError when `to` is no own page."""
    if to and to not in {page.url for page in own_pages()}:
        raise ValueError(f"{to!r} is no own page")
    chamber = bound_chamber()
    token = links.sign_key(PURPOSE, str(chamber.pk), link.pk)
    with in_site():
        host = primary_host(chamber)
    name, args = ("own-enter-at", [token, to]) if to else ("own-enter", [token])
    return absolute_url(host, reverse(name, urlconf=CHAMBER_URLS, args=args))


def keep_bound(contact: Any, field: str) -> None:
    """After the contact changed one field of their own: that alone does not end their link."""
    for link in Link.objects.filter(contact=contact, status=Link.Status.LIVE):
        link.contact = contact
        link.bind(field)
        link.save()


@transaction.atomic
def revoke_all(*, member: Any = None, contact: Any = None) -> int:
    """Every link of a contact, or of a member's contacts. Returns how many worked until now."""
    trail.take_turn()
    found = Link.objects.filter(status=Link.Status.LIVE).filter(models.Q(member=member) | models.Q(contact=contact))
    going = list(found)
    for link in going:
        link.revoke()
    return len(going)


def send_to_address_on_file(typed: str, *, purpose: Purpose) -> None:
    """To every contact who is on file with what was typed: there, and nowhere else. Says nothing of whether any is."""
    mobile, mail = mobile_number(typed), mail_address(typed)
    on_file = models.Q(phone=mobile) if mobile else models.Q(email__iexact=mail)
    if mobile or mail:
        contacts = apps.get_model("members.Contact").objects.filter(on_file, member__status="active")
        for contact in contacts.filter(member__merged_into=None).order_by("id")[:MOST_ASKED]:
            send_anew(contact, Channel.SMS if mobile else Channel.EMAIL, purpose=purpose)


def send_anew(contact: Any, channel: Channel, *, purpose: Purpose) -> None:
    """At most once in ten minutes, however often it is asked for."""
    if contact.member.status == "active":
        moment = int(now().timestamp()) // 600
        send(link_for(contact), channel=channel, purpose=purpose, dedupe=f"own:{contact.pk}:{channel}:{moment}")


def found(host_key: str, token: str) -> Link | None:
    """The link of a token, live or not; None when the token is not one of this chamber's."""
    try:
        key: uuid.UUID = links.read_key(PURPOSE, host_key, token)
    except links.BadLink:
        return None
    link: Link | None = Link.objects.select_related("member", "contact__member").filter(pk=key).first()
    return link
