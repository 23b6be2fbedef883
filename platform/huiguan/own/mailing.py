"""Sends links to many: in small parts, so that nobody waits; tells who opened theirs and who has not answered."""

import uuid
from collections.abc import Collection
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.actors import current_actor
from huiguan.deliveries.addresses import mail_address, mobile_number
from huiguan.deliveries.models import Channel
from huiguan.own.actions import link_for, send
from huiguan.own.models import Invited, Link, Mailing
from huiguan.progress import first_in_a_while
from huiguan.tenancy.binding import bound_chamber
from huiguan.together import own_pages

PART = 40  # in one transaction


class Row(NamedTuple):
    """One who was written to, and what came of it: "waiting", "unreachable", "sent", "opened" or "answered"."""

    invited: Invited
    state: str


@transaction.atomic
def begin(mailing: Mailing, members: QuerySet[Any]) -> Mailing:
    """To the active ones among them. Raises ValidationError when nobody of them can be reached."""
    actor = current_actor()
    actor.require("own.send")
    trail.take_turn()
    chosen = list(members.filter(status="active").order_by("sort_key", "pk").prefetch_related("contacts"))
    rows = [row for member in chosen for row in _rows(mailing, member)]
    if not any(row.contact for row in rows):
        raise ValidationError(_("Nobody of them can be reached in this way."))
    mailing.number, mailing.by, mailing.by_id = len(chosen), actor.name[:40], actor.person_id
    mailing.save()
    Invited.objects.bulk_create(rows)
    wake(mailing)
    return mailing


@transaction.atomic
def send_part(mailing: Mailing) -> bool:
    """The next ones that wait. Whether there are more."""
    trail.take_turn()
    mailing = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if mailing.status != Mailing.Status.SENDING:
        return False
    waiting = mailing.invited.waiting().select_related("contact__member", "member").order_by("id")
    part = list(waiting[:PART])
    for each in part:
        _send(mailing, each)
    if len(part) < PART:
        mailing.finish()
    return len(part) == PART


def call_again(mailing: Mailing) -> int:
    """Called by the move: the silent ones wait once more. Raises ValidationError when nobody is silent."""
    silent = [row.invited.pk for row in rows_of(mailing) if row.state in ("sent", "opened") and row.invited.contact]
    if not silent:
        raise ValidationError(_("Everybody who could be reached has answered."))
    Invited.objects.filter(pk__in=silent).update(outcome=Invited.Outcome.WAITING)
    wake(mailing)
    return len(silent)


def rows_of(mailing: Mailing) -> list[Row]:
    """Everybody of a mailing, in the order they were written to. A member has answered as soon as one of it has."""
    everybody = list(mailing.invited.select_related("member", "contact"))
    links = Link.objects.filter(contact__in=[i.contact_id for i in everybody], opened_at__gte=mailing.created_at)
    opened = set(links.values_list("contact_id", flat=True))
    answered = _answered(mailing, {each.member_id for each in everybody})
    return [Row(each, _state(each, opened, answered)) for each in everybody]


def wake(mailing: Mailing) -> None:
    """After the commit. A wake-up that was lost is made good by whoever looks at the page."""
    from huiguan.own.tasks import send_mailing

    chamber = bound_chamber()
    chamber_id, key = str(chamber.pk), str(mailing.pk)
    transaction.on_commit(lambda: send_mailing.delay(chamber_id, key), robust=True)


def wake_again(mailing: Mailing) -> None:
    is_late = mailing.status == Mailing.Status.SENDING and (now() - mailing.changed_at).total_seconds() > 60
    if is_late and first_in_a_while(f"mailing-{mailing.pk}"):
        wake(mailing)


def _rows(mailing: Mailing, member: Any) -> list[Invited]:
    reached = [c for c in member.contacts.all() if _channel(mailing, c)]
    chosen = reached if mailing.whom == Mailing.Whom.ALL else reached[:1]
    nobody = Invited(mailing=mailing, member=member, outcome=Invited.Outcome.UNREACHABLE)
    return [Invited(mailing=mailing, member=member, contact=c) for c in chosen] or [nobody]


def _channel(mailing: Mailing, contact: Any) -> Channel | None:
    """By which this contact can be written to."""
    if mailing.channel != Mailing.By.EMAIL and mobile_number(contact.phone):
        return Channel.SMS
    return Channel.EMAIL if mailing.channel != Mailing.By.SMS and mail_address(contact.email) else None


def _send(mailing: Mailing, each: Invited) -> None:
    """Who left or lost the address meanwhile is not written to."""
    channel = _channel(mailing, each.contact) if each.contact and each.member.status == "active" else None
    each.outcome, each.sent_at = Invited.Outcome.UNREACHABLE, now()
    if channel is not None and each.contact is not None:
        dedupe = f"own:{mailing.pk}:{mailing.round}:{each.contact_id}"
        send(link_for(each.contact), channel=channel, to=mailing.to, words=mailing.words, dedupe=dedupe)
        each.outcome = Invited.Outcome.SENT
    each.save()


def _answered(mailing: Mailing, members: Collection[uuid.UUID]) -> set[uuid.UUID]:
    page = next((page for page in own_pages() if page.url == mailing.to), None)
    return set(page.answered(members, mailing.created_at)) if page and page.answered else set()


def _state(each: Invited, opened: set[Any], answered: set[Any]) -> str:
    if each.member_id in answered:
        return "answered"
    is_opened = each.outcome == Invited.Outcome.SENT and each.contact_id in opened
    return "opened" if is_opened else each.outcome
