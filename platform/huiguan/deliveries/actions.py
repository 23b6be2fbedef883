"""What a folder calls to write to somebody outside the house."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiguan import trail
from huiguan.accounts.staff import Colleague, colleague, colleagues
from huiguan.actors import current_actor
from huiguan.deliveries.models import Channel, Delivery, Notice, OptOut, Preference, Robot, SendingSettings
from huiguan.deliveries.models.deliveries import wake_the_worker
from huiguan.deliveries.models.wishes import normalised
from huiguan.deliveries.purposes import Purpose, Text, purpose_of
from huiguan.deliveries.sending import quiet_until
from huiguan.tenancy.binding import bound_chamber, in_site
from huiguan.tenancy.hosts import absolute_url, primary_host

NO_ADDRESS = {
    Channel.EMAIL: gettext_lazy("There is no valid e-mail address."),
    Channel.SMS: gettext_lazy("There is no valid mobile number."),
    Channel.ROBOT: gettext_lazy("The robot was removed."),
}


@dataclass(frozen=True)
class Recipient:
    """`address` as it was entered: a mail address or a mobile number. `person_id` is set for a colleague."""

    name: str
    address: str = ""
    person_id: uuid.UUID | None = None

    @classmethod
    def robot(cls, robot: Robot) -> "Recipient":
        """A group chat."""
        return cls(robot.name, str(robot.pk))


@transaction.atomic
def deliver(
    *,
    about: models.Model | None,
    channel: Channel,
    to: Recipient,
    subject: str,
    body: str,
    purpose: Purpose,
    not_before: datetime.datetime | None = None,
    dedupe: str = "",
    parameters: Mapping[str, str] | None = None,
    calendar: str = "",
) -> Delivery:
    """Write a message down, in the transaction of what caused it; the worker sends it after the commit.

    It never raises for a recipient who cannot or does not want to be reached: the row says so ("Not to be sent").
    With `dedupe` (unique in the chamber, the channel included: "dues.reminder:<invoice>:2:sms") a second call gives
    back the first row and sends nothing. `parameters` fill the variables of the text message approved for the purpose,
    beside name, chamber, subject, body and optout. `calendar`: an iCalendar object of `huiguan.itip`
    that goes along with a mail. `about` is None for what concerns no single record.
    """
    trail.take_turn()
    delivery = Delivery(channel=channel, purpose=purpose.name, recipient=to.name[:80], person_id=to.person_id)
    delivery.address = normalised(channel, to.address)
    delivery.subject, delivery.body, delivery.dedupe = subject[:200], body, dedupe
    delivery.parameters, delivery.sent_by = dict(parameters or {}), current_actor().name
    delivery.calendar = calendar
    delivery.ignores_quiet_hours = purpose.is_urgent
    delivery.point_to(about)
    _decide(delivery, purpose, not_before)
    kept: Delivery = Delivery.objects.once(delivery)
    if kept.pk == delivery.pk and kept.is_due():
        wake_the_worker()
    return kept


@transaction.atomic
def notify(
    *, about: models.Model | None, person_id: uuid.UUID, notice: Notice, subject: str, body: str, dedupe: str = ""
) -> list[Delivery]:
    """Tell a colleague something of their own work, by the channels that they chose. Nobody who left is told."""
    chamber = bound_chamber()
    person = colleague(chamber, person_id)
    return _told(person, about, notice, subject, body, dedupe) if person else []


def announce(*, about: models.Model, permission: str, subject: Text, url: str, dedupe: str = "") -> list[Delivery]:
    """Tell those who look after such things that somebody outside did something; with the page where it stands.

    `subject` may be lazy: colleagues read it in the house's language, whatever the one outside speaks.
    """
    chamber = bound_chamber()
    with in_site():
        link = absolute_url(primary_host(chamber), url)
    with translation.override(settings.LANGUAGE_CODE):
        said = str(subject)
    told = [each for each in colleagues(chamber) if each.can(permission)]
    keys = [f"{dedupe}:{each.person_id}" if dedupe else "" for each in told]
    with transaction.atomic():
        made = [_told(p, about, Notice.ARRIVAL, said, f"{said}\n{link}", k) for p, k in zip(told, keys, strict=True)]
    return [delivery for each in made for delivery in each]


def _told(
    person: Colleague, about: models.Model | None, notice: Notice, subject: str, body: str, dedupe: str
) -> list[Delivery]:
    addresses = {Channel.EMAIL: person.email, Channel.SMS: person.phone}
    said: dict[str, Any] = {"about": about, "subject": subject, "body": body, "purpose": purpose_of(notice)}
    return [
        deliver(
            channel=Channel(chosen),
            to=Recipient(person.name, addresses[Channel(chosen)], person.person_id),
            dedupe=f"{dedupe}:{chosen}" if dedupe else "",
            **said,
        )
        for chosen in Preference.channels_for(person.person_id, notice)
    ]


def _decide(delivery: Delivery, purpose: Purpose, not_before: datetime.datetime | None) -> None:
    """Whether it will be sent, and when."""
    if not delivery.address:
        delivery.status, delivery.last_error = Delivery.Status.REFUSED, str(NO_ADDRESS[Channel(delivery.channel)])
    elif OptOut.objects.against(channel=delivery.channel, address=delivery.address, purpose=purpose).exists():
        said = _("The recipient wants no messages of this kind.")
        delivery.status, delivery.last_error = Delivery.Status.REFUSED, said
    else:
        _decide_when(delivery, not_before)


def _decide_when(delivery: Delivery, not_before: datetime.datetime | None) -> None:
    delivery.next_attempt_at = at = max(not_before or now(), now())
    if not delivery.ignores_quiet_hours and (until := quiet_until(at, SendingSettings.current())):
        delivery.status, delivery.next_attempt_at = Delivery.Status.HELD, until
