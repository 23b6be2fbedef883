"""Writes down who had what shown, and shows it."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models, transaction

from huiguan import personal
from huiguan.actors import current_actor
from huiguan.tenancy.binding import current_place


@transaction.atomic
def reveal(record: Any, field: str, *, reason: str = "") -> str:
    """The value whole, and an entry that says who asked for it. Raises NotAllowed."""
    current_actor().require(personal.REVEAL)
    note("shown", type(record), [field], record=record, reason=reason)
    return str(getattr(record, field))


def note_export(model: type[models.Model], fields: Iterable[str], number: int) -> None:
    """A list that was taken away with personal fields that its taker reads whole."""
    kinds = {name: personal.kind_of(model, name) for name in fields}
    masked = {name: kind for name, kind in kinds.items() if kind and kind != personal.Personal.NAME}
    whole = [name for name, kind in masked.items() if not personal.is_hidden(kind, current_actor())]
    if whole and current_place() == "chamber":
        note("exported", model, whole, number=number)


def note(
    how: str,
    model: type[models.Model],
    fields: Iterable[str],
    *,
    record: Any = None,
    number: int = 1,
    reason: str = "",
    text: str = "",
) -> None:
    """`text` is for somebody of whom there is no single record."""
    actor = current_actor()
    made = apps.get_model("privacy.Access")(how=how, model=model._meta.label, fields=",".join(fields)[:300])
    made.who, made.who_id = actor.name[:120], actor.person_id or actor.contact_id
    made.record_id, made.number, made.reason = getattr(record, "pk", None), number, reason[:200]
    made.record_text = (text or (record.trail_text() if record is not None else ""))[:200]
    made.save()
