"""Calls as a member chamber asks for them. One that left, or took the item back, finds nothing."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from federation.calls import punctuality as counting
from federation.calls import shapes
from federation.calls.editions import changes_of
from federation.calls.models import Call, Question, Receipt
from federation.registry.items import Item
from federation.registry.queries import federations_of
from huiguan.kpis import Period
from huiguan.tenancy.binding import in_federation


@dataclass(frozen=True)
class Asked:
    """One line of the form. `source` names what the chamber finds in its own records."""

    id: uuid.UUID
    key: str
    label: str
    kind: str
    unit: str
    parts: tuple[shapes.Part, ...] = ()
    source: str = ""

    @property
    def is_file(self) -> bool:
        return self.kind == shapes.Kind.FILE

    @property
    def columns(self) -> list[str]:
        """Of a table, with their units."""
        return [shapes.heading(part) for part in self.parts] if self.kind == shapes.Kind.TABLE else []

    def takes(self, said: Any) -> bool:
        return shapes.takes(self.kind, self.parts, said)


@dataclass(frozen=True)
class SharedTotal:
    """What a chamber that answered reads of all: a total, or only what it is over. As text."""

    label: str
    unit: str
    exact: str
    over: str


@dataclass(frozen=True)
class SeenCall:
    """A call as the chamber it is addressed to reads it, with the chamber's own standing."""

    id: uuid.UUID
    federation_id: uuid.UUID
    federation: str
    title: str
    issuer: str
    text: str
    due_on: datetime.date
    period: Period
    names_chambers: bool
    is_open: bool
    is_past: bool
    status: str
    status_label: str
    reason: str
    version: int
    timeliness: str
    edition: int
    replaces_id: uuid.UUID | None
    changes: tuple[str, ...]
    questions: tuple[Asked, ...]
    totals: tuple[SharedTotal, ...]

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """The key of each question by its identity: the same in every edition."""
        return {str(q.id): q.key for q in self.questions}

    @property
    def is_to_answer(self) -> bool:
        """A notice without questions is answered by reading it."""
        waiting = Receipt.UNANSWERED if self.questions else (Receipt.Status.NOT_SEEN,)
        return self.is_open and self.status in waiting

    @property
    def is_to_confirm(self) -> bool:
        """Nobody has said yet that it was read; an answer says so too."""
        return self.is_open and self.status == Receipt.Status.NOT_SEEN

    @property
    def is_returned(self) -> bool:
        return self.status == Receipt.Status.RETURNED

    @property
    def is_standing(self) -> bool:
        """The federation has an answer of this chamber."""
        return self.status in (Receipt.Status.SUBMITTED, Receipt.Status.ACCEPTED)

    @property
    def can_withdraw(self) -> bool:
        return self.is_open and not self.is_past and self.status == Receipt.Status.SUBMITTED


def calls(*, chamber_id: uuid.UUID) -> list[SeenCall]:
    """All that were sent to the chamber, the newest first."""
    known = {f.id: f.name for f in federations_of(chamber_id) if Item.DATA_CALLS in f.items}
    with in_federation():
        found = Receipt.objects.filter(federation_id__in=known, chamber_id=chamber_id)
        found = found.select_related("call__replaces").order_by("-created_at")
        found = found.prefetch_related("call__questions", "call__replaces__questions")
        return [_seen(receipt, known[receipt.call.federation_id]) for receipt in found]


def call(*, chamber_id: uuid.UUID, call_id: uuid.UUID) -> SeenCall | None:
    """None for a call that was not sent to this chamber."""
    return next((c for c in calls(chamber_id=chamber_id) if c.id == call_id), None)


def punctuality(*, chamber_id: uuid.UUID) -> list[tuple[str, counting.Punctuality]]:
    """The chamber's own, by the name of each federation that it shares the item with."""
    known = [f for f in federations_of(chamber_id) if Item.DATA_CALLS in f.items]
    with in_federation():
        return [(f.name, own) for f in known for own in counting.punctuality(f.id, chamber_id)]


def _seen(receipt: Receipt, federation: str) -> SeenCall:
    call = receipt.call
    return SeenCall(
        id=call.pk,
        federation_id=call.federation_id,
        federation=federation,
        title=str(call),
        issuer=call.issuer,
        text=call.text,
        due_on=call.due_on,
        period=call.period,
        names_chambers=call.names_chambers,
        is_open=call.status == call.Status.OPEN,
        is_past=call.is_past,
        status=receipt.status,
        status_label=str(receipt.get_status_display()),
        reason=receipt.reason,
        version=receipt.version,
        timeliness=receipt.timeliness(),
        edition=call.edition,
        replaces_id=call.replaces_id,
        changes=tuple(changes_of(call)),
        questions=tuple(_asked(question) for question in call.form),
        totals=_totals(call) if receipt.status == Receipt.Status.ACCEPTED else (),
    )


def _asked(q: Question) -> Asked:
    return Asked(q.pk, q.key, q.label, q.kind, q.unit, tuple(q.parts), q.source)


def _totals(call: Call) -> tuple[SharedTotal, ...]:
    """Word for word what was published."""
    return tuple(SharedTotal(**total) for total in call.shared_totals or ())
