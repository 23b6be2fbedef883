"""A record's trail as people read it."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from huiguan.records import Record, Trailed
from huiguan.screens.fields import label_of, text_of
from huiguan.states import moves

NEWEST = 30


def history_of(record: Any) -> list[dict[str, Any]]:
    """The newest entries first: who, what, when, before and after."""
    if not isinstance(record, Trailed):
        return []
    book = apps.get_model("audit" if isinstance(record, Record) else "journal", "Entry")
    entries = book._base_manager.filter(record_id=record.pk).order_by("-number")[:NEWEST]
    return [_entry(type(record), entry) for entry in entries]


def _entry(model: Any, entry: Any) -> dict[str, Any]:
    changes = [
        {"label": label_of(model, name) if hasattr(model, name) else name, "before": text_of(a), "after": text_of(b)}
        for name, (a, b) in entry.changes.items()
    ]
    verb = verb_label(model, entry.verb)
    return {"at": entry.at, "actor": entry.actor, "verb": verb, "changes": changes, "facts": entry.facts}


def verb_label(model: Any, verb: str) -> str:
    """The label of a move, or the word for a plain change."""
    declared = {m.name: str(m.label) for m in moves(model)} if model else {}
    plain = {"created": _("Created"), "changed": _("Changed"), "deleted": _("Deleted")}
    return declared.get(verb) or plain.get(verb, verb)
