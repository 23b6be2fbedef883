"""Holds what the house has against what it acknowledged: `python -m api.trials.crashing.judging NOTES FILE`.

Runs in the house after the last kill. First whatever is still on its way is waited for, then everything is counted.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import django

DRAINED_WITHIN_SECONDS = 300
SETTINGS = ("fsync", "synchronous_commit", "full_page_writes")


class Verdict(NamedTuple):
    """`missing` was acknowledged and is not there, `double` is there more than once, `broken` is what never holds."""

    missing: list[str]
    double: list[str]
    broken: list[str]


def main(notes: str, staged: str, answer: str) -> None:
    django.setup()
    from api.trials.crashing.noting import Notes
    from huiguan.actors import SYSTEM, acting_as
    from huiguan.tenancy.models import Chamber

    told = json.loads(Path(staged).read_text())
    with acting_as(SYSTEM):
        chamber = Chamber.objects.get(slug=told["slug"])
        drained = drain(chamber)
        found = judge(Notes.read(Path(notes)), chamber)
    broken = [*found.broken, *([] if drained else ["messages are still waiting"])]
    Path(answer).write_text(json.dumps({**found._asdict(), "broken": broken}, ensure_ascii=False))


def drain(chamber: Any) -> bool:
    """Whether everything left that was to leave. Nobody waits for the pauses between two attempts."""
    from billing.events import process_waiting
    from huiguan.deliveries.sending import recover
    from huiguan.deliveries.tasks import sweep_deliveries
    from huiguan.outbox.tasks import sweep_messages

    deadline = time.monotonic() + DRAINED_WITHIN_SECONDS
    _take_senders_for_dead(chamber)
    recover(chamber)
    while _on_the_way(chamber):
        if time.monotonic() > deadline:
            return False
        _make_due(chamber)
        sweep_deliveries(), sweep_messages(), process_waiting()  # as the clock does, the last each five minutes
        time.sleep(3)
    return True


def judge(notes: Any, chamber: Any) -> Verdict:
    """Everything that was noted, kind by kind; then what must hold whatever happened."""
    from huiguan.tenancy.binding import in_chamber

    there = dict(_there(chamber))
    missing = [f"{kind} {name}" for kind, names in there.items() for name in sorted(notes.kept[kind] - set(names))]
    double = [f"{kind} {name}" for kind, names in there.items() for name, times in names.items() if times > 1]
    with in_chamber(chamber):
        broken = [*_books(), *_numbers()]
    return Verdict(missing, double, [*broken, *_chains(), *_settings()])


def _there(chamber: Any) -> Iterator[tuple[str, Counter[str]]]:
    """How often each name of a kind is in the house."""
    from billing.models import Event
    from federation.matching.models import Profile
    from huiguan.deliveries.models import Delivery
    from huiguan.outbox.models import Message
    from huiguan.tenancy.binding import in_chamber, in_federation
    from tenants.dues.models import Payment, Receipt
    from tenants.exchange.models import Listing
    from tenants.members.models import Member

    with in_chamber(chamber):
        yield "member", _counted(Member.objects.values_list("name"))
        yield "payment", _counted(Payment.objects.standing().values_list("reference"))
        yield "receipt", _counted(Receipt.objects.standing().values_list("payment__reference"))
        yield "listing", _counted(Listing.objects.values_list("title"))
        yield "notice", _counted(Delivery.objects.values_list("record_id"))
        messages = Message.objects.filter(name="exchange.profile_published")
        yield "message", _counted(messages.values_list("record_id"))
    with in_federation():
        yield "publication", _counted(Profile.objects.filter(chamber_id=chamber.pk).values_list("pk"))
    yield "event", _counted(Event.objects.values_list("stripe_id"))


def _counted(rows: Iterable[tuple[Any]]) -> Counter[str]:
    return Counter(str(value) for (value,) in rows)


def _books() -> Iterator[str]:
    """Each payment is booked to the fen, and nothing is booked twice."""
    from django.db.models import Sum

    from tenants.dues.models import Payment

    for payment in Payment.objects.annotate(booked=Sum("entries__amount_fen")):
        if payment.booked != -payment.amount_fen:
            yield f"payment {payment.reference}: {payment.amount_fen} fen came, {payment.booked} are booked"


def _numbers() -> Iterator[str]:
    """Receipts from 1 without a gap."""
    from tenants.dues.models import Receipt

    numbers = sorted(Receipt.objects.values_list("number", flat=True))
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"{len(numbers)} receipts are numbered up to {numbers[-1]}"


def _chains() -> Iterator[str]:
    from huiguan.audit.chains import all_chains

    for verdict in all_chains():
        if not verdict.is_whole:
            yield f"the trail of {verdict.chain} is broken at {verdict.first_break}"


def _settings() -> Iterator[str]:
    """Without these the trial says nothing."""
    from django.db import connection

    with connection.cursor() as cursor:
        for name in SETTINGS:
            cursor.execute("select current_setting(%s)", [name])
            if cursor.fetchone()[0] != "on":
                yield f"{name} is off"


def _take_senders_for_dead(chamber: Any) -> None:
    import datetime

    from django.utils.timezone import now

    from huiguan.deliveries.models import Delivery
    from huiguan.tenancy.binding import in_chamber

    with in_chamber(chamber):
        Delivery.objects.filter(status=Delivery.Status.SENDING).update(begun_at=now() - datetime.timedelta(hours=1))


def _make_due(chamber: Any) -> None:
    from django.utils.timezone import now

    from huiguan.deliveries.models import Delivery
    from huiguan.outbox.models import Message
    from huiguan.tenancy.binding import in_chamber

    with in_chamber(chamber):
        Delivery.objects.filter(status__in=Delivery.TO_SEND).update(next_attempt_at=now())
        Message.objects.filter(state=Message.State.PENDING).update(next_attempt_at=None)


def _on_the_way(chamber: Any) -> bool:
    from billing.models import Event
    from huiguan.deliveries.models import Delivery
    from huiguan.outbox.models import Message
    from huiguan.tenancy.binding import in_chamber

    with in_chamber(chamber):
        waiting = Message.objects.filter(state=Message.State.PENDING).exists()
        sending = Delivery.objects.filter(status__in=[*Delivery.TO_SEND, Delivery.Status.SENDING]).exists()
    return waiting or sending or Event.objects.filter(processed_at=None).exists()


if __name__ == "__main__":
    main(*sys.argv[1:])
