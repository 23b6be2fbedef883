"""The words of a message as they leave: signed by the chamber, with the way to want no more of them."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from huiguan import links
from huiguan.about import CHAMBER_URLS
from huiguan.deliveries.carriers import Letter
from huiguan.deliveries.models.channels import Channel
from huiguan.deliveries.models.deliveries import Delivery
from huiguan.deliveries.models.means import ApprovedText, SendingSettings, robot_of
from huiguan.deliveries.providers import PROVIDERS
from huiguan.deliveries.purposes import purpose_of
from huiguan.tenancy.hosts import absolute_url


class NoWay(Exception):
    """Something of the chamber's settings is missing; the words say what to do."""


@dataclass(frozen=True)
class Sender:
    """Who writes: read once for many messages."""

    key: str
    name: str
    short_name: str
    host: str
    settings: SendingSettings

    @property
    def signature(self) -> str:
        return self.settings.sms_signature or self.short_name or self.name[:12]


def letter_of(delivery: Delivery, sender: Sender) -> Letter:
    """What a carrier is given. Raises NoWay."""
    letter = Letter(
        id=delivery.pk,
        channel=delivery.channel,
        name=delivery.recipient,
        address=delivery.address,
        subject=delivery.subject,
        text=delivery.body,
        sender_name=sender.settings.sender_name or sender.name,
        reply_to=sender.settings.reply_to,
        calendar=delivery.calendar,
        opt_out_url=opt_out_url(delivery, sender) if purpose_of(delivery.purpose).may_be_refused else "",
    )
    return WORDINGS[Channel(delivery.channel)](letter, delivery, sender)


def opt_out_url(delivery: Delivery, sender: Sender) -> str:
    token = links.sign_key("optout", sender.key, delivery.pk)
    return absolute_url(sender.host, reverse("deliveries-opt-out", urlconf=CHAMBER_URLS, args=[token]))


def _as_mail(letter: Letter, delivery: Delivery, sender: Sender) -> Letter:
    lines = [letter.text, "", "-- ", letter.sender_name]
    if letter.opt_out_url:
        lines.append(_("No more of these messages: {link}").format(link=letter.opt_out_url))
    return replace(letter, text="\n".join(lines))


def _as_text_message(letter: Letter, delivery: Delivery, sender: Sender) -> Letter:
    template = ApprovedText.newest_for(delivery.purpose)
    if template is None and settings.SMS_URL:
        said = _("No text message is approved for “{purpose}”. Enter its template in the sending settings.")
        raise NoWay(said.format(purpose=delivery.purpose_label()))
    if template is None:
        farewell = _(" No more: {link}").format(link=letter.opt_out_url) if letter.opt_out_url else ""
        return replace(letter, text=f"【{sender.signature}】{letter.text}{farewell}")
    values = _values(template, letter, delivery, sender)
    return replace(
        letter,
        text=f"【{sender.signature}】{template.filled(values)}",
        template_code=template.code,
        signature=sender.signature,
        parameters=values,
    )


def _values(template: ApprovedText, letter: Letter, delivery: Delivery, sender: Sender) -> dict[str, str]:
    """For the variables that the approved text asks for, and no others."""
    ours = {"name": delivery.recipient, "chamber": sender.short_name or sender.name, "subject": delivery.subject}
    ours |= {"body": delivery.body, "optout": letter.opt_out_url.rstrip("/").rpartition("/")[2]}
    known = {**ours, **delivery.parameters}
    if missing := [name for name in template.variables() if not known.get(name)]:
        said = _("The approved text {code} asks for what this message does not say: {names}.")
        raise NoWay(said.format(code=template.code, names="、".join(missing)))
    return {name: str(known[name]) for name in template.variables()}


def _to_a_robot(letter: Letter, delivery: Delivery, sender: Sender) -> Letter:
    robot = robot_of(delivery.address)
    if robot is None:
        raise NoWay(_("The robot was removed."))
    text = _cut(f"{letter.subject}\n{letter.text}", PROVIDERS[robot.provider].most_bytes)
    return replace(
        letter, address=robot.provider, robot=robot.address, robot_secret=robot.secret, text=text, opt_out_url=""
    )


def _cut(text: str, most: int) -> str:
    """A chat takes only so much; what was left out is marked."""
    if len(text.encode()) <= most:
        return text
    return text.encode()[: most - len("…".encode())].decode(errors="ignore") + "…"


WORDINGS = {Channel.EMAIL: _as_mail, Channel.SMS: _as_text_message, Channel.ROBOT: _to_a_robot}
