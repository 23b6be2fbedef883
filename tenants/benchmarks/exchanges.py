"""What the chamber says about learning from another, or teaching it: each is one message. [federation.md B.5]

Nothing is kept here but the ledger: how far an exchange is stands with the federation, for the two chambers alone.
"""

import datetime
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from federation.benchmarking.exchanges import SeenExchange, may_ask
from federation.registry.queries import FederationOfChamber
from huiguan.actors import current_actor
from huiguan.keys import uuid7
from huiguan.kpis import Kpi
from huiguan.outbox.delivery import publish
from huiguan.outbox.models import Message
from huiguan.tenancy.binding import current_chamber
from tenants.benchmarks.models import Practice, Share


@transaction.atomic
def ask(*, kpi: Kpi, federation: FederationOfChamber, wish: str = "") -> uuid.UUID:
    """Ask before any chamber learns of it. Returns the key of the exchange."""
    current_actor().require("benchmarks.share")
    chamber = current_chamber()
    assert chamber is not None, "asked in a chamber"
    given = Share.objects.standing(federation.id).filter(code=kpi.code).first()
    if given is None or not may_ask(chamber_id=chamber.pk, federation_id=federation.id, code=kpi.code):
        raise ValidationError(_("Only chambers that are behind the median of the newest release ask for an exchange."))
    key = uuid7()
    said = {"pairing_id": str(key), "code": kpi.code, "wish": wish}
    _publish(given, "benchmarks.exchange_asked", federation.id, federation.name, said)
    return key


def end(exchange: SeenExchange) -> None:
    _require(exchange.is_unfinished)
    _say(exchange, "benchmarks.exchange_ended")


def answer(exchange: SeenExchange, *, accepts: bool, answer: str = "") -> None:
    """Who accepts is named to the other chamber; who declines never is."""
    _require(exchange.may_answer)
    _say(exchange, "benchmarks.exchange_answered", accepts=accepts, answer=answer if accepts else "")


def report(exchange: SeenExchange, *, held_on: datetime.date, way: str, title: str, text: str) -> None:
    _require(exchange.may_report)
    said = {"held_on": held_on.isoformat(), "way": way, "title": title, "text": text}
    _say(exchange, "benchmarks.exchange_reported", **said)


def take_on(exchange: SeenExchange, *, target: float, target_by: datetime.date) -> None:
    _require(exchange.may_take_on)
    _say(exchange, "benchmarks.exchange_targeted", target=target, target_by=target_by.isoformat())


def rate(exchange: SeenExchange, *, stars: int, words: str = "") -> None:
    _require(exchange.may_rate)
    _say(exchange, "benchmarks.exchange_rated", stars=stars, words=words)


def on_its_way() -> set[str]:
    """Figures and exchanges about which something was said that has not arrived yet."""
    pending = Message.objects.filter(state=Message.State.PENDING, name__startswith="benchmarks.exchange_")
    return {key for said in pending for key in (said.content["pairing_id"], said.content.get("code", ""))}


def _require(is_our_turn: bool) -> None:
    current_actor().require("benchmarks.share")
    if not is_our_turn:
        raise ValidationError(_("This cannot be said now. Look again."))


@transaction.atomic
def _say(exchange: SeenExchange, name: str, **content: Any) -> None:
    """About what ties the chamber to it: its consent to share the figure, or its own practice card."""
    ours: Any = Share if exchange.is_mentee else Practice
    record = ours.objects.filter(federation_id=exchange.federation_id, code=exchange.code).order_by("-id").first()
    if record is None:
        raise ValidationError(_("This cannot be said now. Look again."))
    said = {"pairing_id": str(exchange.id), **content}
    _publish(record, name, exchange.federation_id, record.federation_name, said)


def _publish(record: Any, name: str, to: uuid.UUID, recipient: str, content: dict[str, Any]) -> None:
    basis = _("Decision of the secretary-general; sharing agreement, item benchmarking")
    publish(record, name, to=to, recipient=recipient, content=content, basis=basis)
