"""Reminds members of what is due: each morning by the rules, or at once by a person. Each reminder goes out once."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from huiguan import trail
from huiguan.blanks import fill
from huiguan.deliveries.actions import Recipient, deliver
from huiguan.deliveries.models import Channel
from huiguan.kit.formats import day, money
from huiguan.own.actions import address_of, link_for
from huiguan.tenancy.binding import current_chamber
from tenants.dues.models import Charge, ReminderRule
from tenants.dues.purposes import REMINDER

CATCH_UP_DAYS = 5  # a rule that was missed, because nothing ran for some days, is still of use


@transaction.atomic
def remind_by_rules(on: datetime.date | None = None) -> int:
    """Every reminder that is due on a day. Returns how many charges were reminded of."""
    today = on or localdate()
    trail.take_turn()
    return sum(_remind_all(rule, today) for rule in ReminderRule.objects.active())


def remind_of(charge: Charge, rule: ReminderRule, *, dedupe: str) -> bool:
    """By each channel of the rule, to the member's first person who can be reached. Whether anybody could be."""
    words = _words(charge)
    sent = [_send(charge, rule, Channel(channel), words, dedupe) for channel in rule.channels]
    return any(sent)


def rule_for(charge: Charge) -> ReminderRule | None:
    """The rule whose words fit a charge now: the latest that has come."""
    late = (localdate() - charge.due_on).days
    fitting = [rule for rule in ReminderRule.objects.active() if rule.days <= late]
    return fitting[-1] if fitting else ReminderRule.objects.active().first()


def _remind_all(rule: ReminderRule, today: datetime.date) -> int:
    newest = today - datetime.timedelta(days=rule.days)
    days = (newest - datetime.timedelta(days=CATCH_UP_DAYS), newest)
    return sum(_remind_by(rule, charge) for charge in _due(days))


def _due(days: tuple[datetime.date, datetime.date]) -> Iterable[Charge]:
    """Open charges that fall due in a span; those that were eased have dates of their own."""
    found = Charge.objects.open().filter(due_on__range=days).exclude(status=Charge.Status.EASED)
    return found.select_related("member").prefetch_related("member__contacts")


def _remind_by(rule: ReminderRule, charge: Charge) -> bool:
    reached = remind_of(charge, rule, dedupe=f"dues:{charge.pk}:{rule.pk}")
    if reached and rule.days > 0 and charge.status == Charge.Status.OPEN:
        charge.status = Charge.Status.REMINDED
        charge.save(verb="remind")
    return reached


def _send(charge: Charge, rule: ReminderRule, channel: Channel, words: dict[str, str], dedupe: str) -> bool:
    person = _reachable(charge.member, channel)
    if person is None:
        return False
    address = person.email if channel == Channel.EMAIL else person.phone
    words = {**words, "link": _link_of(person) if rule.has_link else ""}
    deliver(
        about=charge,
        channel=channel,
        to=Recipient(person.name, address),
        subject=fill(rule.subject, words),
        body=fill(rule.body, words),
        purpose=REMINDER,
        dedupe=f"{dedupe}:{channel}",
        parameters={name: words[name] for name in ("member", "amount", "due", "code", "link")},
    )
    return True


def _link_of(person: Any) -> str:
    """To the page where this person sees and pays the member's dues; of a member that has left there is none."""
    return address_of(link_for(person), to="dues-mine") if person.member.status == "active" else ""


def _reachable(member: Any, channel: Channel) -> Any:
    field = "email" if channel == Channel.EMAIL else "phone"
    return next((person for person in member.contacts.all() if getattr(person, field)), None)


def _words(charge: Charge) -> dict[str, str]:
    chamber = current_chamber()
    return {
        "chamber": chamber.name if chamber else "",
        "member": charge.member.name,
        "title": str(charge),
        "amount": money(charge.open_fen),
        "due": day(charge.due_on),
        "code": charge.payment_code(),
        "days": str(charge.days_late()),
    }
