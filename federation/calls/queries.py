"""Calls as a member chamber asks for them. One that left, or took the item back, finds nothing."""

import datetime
import uuid
from dataclasses import dataclass

from federation.calls.models import Receipt
from federation.calls.models.calls import LONGEST_ANSWER as LONGEST_ANSWER
from federation.registry.items import Item
from federation.registry.queries import federations_of
from huiguan.tenancy.binding import in_federation


@dataclass(frozen=True)
class Asked:
    """One line of the form."""

    id: uuid.UUID
    label: str
    kind: str
    unit: str


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
    names_chambers: bool
    is_open: bool
    is_past: bool
    status: str
    status_label: str
    reason: str
    questions: tuple[Asked, ...]

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
    def can_withdraw(self) -> bool:
        return self.is_open and not self.is_past and self.status == Receipt.Status.SUBMITTED


def calls(*, chamber_id: uuid.UUID) -> list[SeenCall]:
    """All that were sent to the chamber, the newest first."""
    known = {f.id: f.name for f in federations_of(chamber_id) if Item.DATA_CALLS in f.items}
    with in_federation():
        found = Receipt.objects.filter(federation_id__in=known, chamber_id=chamber_id)
        found = found.select_related("call").prefetch_related("call__questions").order_by("-created_at")
        return [_seen(receipt, known[receipt.call.federation_id]) for receipt in found]


def call(*, chamber_id: uuid.UUID, call_id: uuid.UUID) -> SeenCall | None:
    """None for a call that was not sent to this chamber."""
    return next((c for c in calls(chamber_id=chamber_id) if c.id == call_id), None)


def _seen(receipt: Receipt, federation: str) -> SeenCall:
    call = receipt.call
    return SeenCall(
        id=call.pk,
        federation_id=call.federation_id,
        federation=federation,
        title=call.title,
        issuer=call.issuer,
        text=call.text,
        due_on=call.due_on,
        names_chambers=call.names_chambers,
        is_open=call.status == call.Status.OPEN,
        is_past=call.is_past,
        status=receipt.status,
        status_label=str(receipt.get_status_display()),
        reason=receipt.reason,
        questions=tuple(Asked(q.pk, q.label, q.kind, q.unit) for q in call.questions.all()),
    )
