"""The worker's side: takes what is due, one by one, sends it while no transaction is open, writes down how it ended.

A process that dies in between leaves a row that says so; what may be repeated is repeated, the rest a person decides.
"""

import datetime
import logging
from collections.abc import Callable
from typing import NamedTuple

from django.utils.timezone import now
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.deliveries.carriers import Down, Later, Letter, Never, Unsure
from huiguan.deliveries.carriers.choosing import carrier_for
from huiguan.deliveries.models import Delivery, OptOut, SendingSettings
from huiguan.deliveries.purposes import purpose_of
from huiguan.deliveries.quiet import end_of_quiet
from huiguan.deliveries.wording import NoWay, Sender, letter_of
from huiguan.observability.metrics import deliveries_ended
from huiguan.states import WrongState
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.hosts import primary_host
from huiguan.tenancy.models import Chamber

log = logging.getLogger(__name__)
RETRY_SECONDS = (60, 300, 900, 3600, 4 * 3600, 12 * 3600)  # then it has failed: about 17 hours


class Outcome(NamedTuple):
    """How an attempt ended: the move that writes it down, its words, and whether the channel is of use just now."""

    move: str
    words: str = ""
    is_down: bool = False


class Taken(NamedTuple):
    """A delivery that was due. Without a letter it is not to be sent now, and says why."""

    delivery: Delivery
    letter: Letter | None


def send_due(chamber: Chamber, *, limit: int = 100) -> int:
    """Send what is due. Returns how many were looked at: fewer than `limit` when none is left."""
    down: set[str] = set()
    host = primary_host(chamber)
    for number in range(limit):
        taken = _take(chamber, host, down)
        if taken is None:
            return number
        if taken.letter:
            outcome = _carried(taken.letter)
            _write_down(chamber, taken.delivery, outcome)
            down |= {taken.delivery.channel} if outcome.is_down else set()
    return limit


def recover(chamber: Chamber) -> int:
    """Deliveries whose sender is gone. Returns how many."""
    with in_chamber(chamber):
        trail.take_turn()
        stuck = list(Delivery.objects.stuck(now()).select_for_update(of=("self",)))
        for delivery in stuck:
            _recover_one(delivery)
    return len(stuck)


def _recover_one(delivery: Delivery) -> None:
    said = _("The sending was interrupted.")
    if carrier_for(delivery.channel).may_repeat:
        _put_off(delivery, said)
    else:
        delivery.doubt(reason=said)


def _take(chamber: Chamber, host: str, down: set[str]) -> Taken | None:
    with in_chamber(chamber):
        trail.take_turn()
        due = Delivery.objects.due(now()).exclude(channel__in=down)
        delivery = due.select_for_update(skip_locked=True, of=("self",)).first()
        if delivery is None:
            return None
        current = SendingSettings.current()
        sender = Sender(str(chamber.pk), chamber.name, chamber.short_name, host, current)
        return Taken(delivery, _prepared(delivery, sender))


def _prepared(delivery: Delivery, sender: Sender) -> Letter | None:
    """What was decided when it was written is asked again: people may have opted out since, the night come."""
    purpose = purpose_of(delivery.purpose)
    if OptOut.objects.against(channel=delivery.channel, address=delivery.address, purpose=purpose).exists():
        delivery.refuse(reason=_("The recipient wants no messages of this kind."))
        return None
    if not delivery.ignores_quiet_hours and (until := quiet_until(now(), sender.settings)):
        delivery.hold(until=until)
        return None
    try:
        letter = letter_of(delivery, sender)
    except NoWay as reason:
        delivery.refuse(reason=str(reason))
        return None
    delivery.begin(words=letter.text)
    return letter


def quiet_until(at: datetime.datetime, current: SendingSettings) -> datetime.datetime | None:
    return end_of_quiet(at, current.quiet_from, current.quiet_until)


def _carried(letter: Letter) -> Outcome:
    carrier = carrier_for(letter.channel)
    try:
        reference = carrier.carry(letter)
    except Later as error:
        return Outcome("put_off", str(error), is_down=isinstance(error, Down))
    except Never as error:
        return Outcome("give_up", str(error))
    except Unsure as error:
        return Outcome("put_off" if carrier.may_repeat else "doubt", str(error))
    except Exception:
        log.exception("a message was not sent", extra={"delivery_id": str(letter.id)})
        return Outcome("put_off" if carrier.may_repeat else "doubt", _("Something went wrong on our side."))
    return Outcome("arrive" if carrier.leaves else "keep", reference)


def _write_down(chamber: Chamber, delivery: Delivery, outcome: Outcome) -> None:
    try:
        with in_chamber(chamber):
            WAYS[outcome.move](delivery, outcome.words)
    except WrongState:  # this process was taken for dead: what happened to the message since is already written
        log.warning("a message was sent too late", extra={"delivery_id": str(delivery.pk)})
    deliveries_ended.labels(delivery.channel, delivery.status).inc()


def _put_off(delivery: Delivery, words: str) -> None:
    """Until the next attempt; after the last it has failed."""
    if delivery.attempts > len(RETRY_SECONDS):
        delivery.give_up(reason=words)
        return
    wait = datetime.timedelta(seconds=RETRY_SECONDS[delivery.attempts - 1])
    delivery.put_off(reason=words, until=now() + wait)


WAYS: dict[str, Callable[[Delivery, str], None]] = {
    "arrive": lambda delivery, words: delivery.arrive(reference=words),
    "keep": lambda delivery, _words: delivery.keep(),
    "doubt": lambda delivery, words: delivery.doubt(reason=words),
    "give_up": lambda delivery, words: delivery.give_up(reason=words),
    "put_off": _put_off,
}
