"""A record's trail as people read it."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.actors import LINK
from huiguan.kit.formats import money
from huiguan.money import FenField
from huiguan.records import Record, Trailed
from huiguan.screens.fields import MASK, is_masked, is_named, label_of, text_of
from huiguan.states import moves

NEWEST = 30
# What is done to a record beside the moves that it declares.
VERBS = {
    "accepted": _in("trail", "Accepted"),
    "adopted": _in("trail", "Adopted"),
    "anonymised": _in("trail", "Anonymised"),
    "answered": _in("trail", "Answered"),
    "ask_figure": _in("trail", "Asked"),  # moves of earlier versions: the trail keeps their names
    "ask_words": _in("trail", "Asked"),
    "asked": _in("trail", "Asked"),
    "carried_out": _in("trail", "Carried out"),
    "changed": _("Changed"),
    "check_in_undone": _in("trail", "Check-in undone"),
    "checked_in": _in("trail", "Checked in"),
    "completed": _in("trail", "Completed by an import"),
    "connected": _in("trail", "Connected"),
    "connected again": _in("trail", "Connected again"),
    "counted": _in("trail", "Counted"),
    "created": _("Created"),
    "deleted": _("Deleted"),
    "disconnected": _in("trail", "Disconnected"),
    "eased": _in("trail", "Payment eased"),
    "easing_ended": _in("trail", "Easing ended"),
    "ended": _in("trail", "Ended"),
    "exported": _in("trail", "Exported"),
    "failed": _in("trail", "Failed"),
    "finished": _in("trail", "Finished"),
    "frozen": _in("trail", "Released"),
    "issued": _in("trail", "Issued"),
    "kept": _in("trail", "Paid as agreed"),
    "merged": _in("trail", "Merged with another entry"),
    "opened": _in("trail", "Opened"),
    "proposed": _in("trail", "Proposed"),
    "published": _in("trail", "Published"),
    "restored": _in("trail", "Put back as it was"),
    "separated": _in("trail", "Separated again from another entry"),
    "revoked": _in("trail", "Revoked"),
    "sent": _in("trail", "Sent"),
    "taken_up": _in("trail", "Taken up"),
    "trial begun": _in("trail", "Trial begun"),
    "withdrawn": _in("trail", "Taken back"),
}


def history_of(record: Any) -> list[dict[str, Any]]:
    """The newest entries first: who, what, when, before and after."""
    if not isinstance(record, Trailed):
        return []
    book = apps.get_model("audit" if isinstance(record, Record) else "journal", "Entry")
    entries = book._base_manager.filter(record_id=record.pk).order_by("-number")[:NEWEST]
    return [_entry(type(record), entry) for entry in _with_contacts(list(entries))]


def changes_in(model: Any, changes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Field by field, in a person's words."""
    return [
        {"label": label_of(model, name), "before": words_of(model, name, a), "after": words_of(model, name, b)}
        for name, (a, b) in changes.items()
        if _is_readable(model, name)
    ]


def _with_contacts(entries: list[Any]) -> list[Any]:
    """Who came by a member's link is named, as long as the contact is there: the trail keeps only the key."""
    keys = {entry.actor_id for entry in entries if entry.actor == LINK and entry.actor_id}
    contacts = apps.get_model("members.Contact")._base_manager.filter(pk__in=keys) if keys else ()
    names = {contact.pk: contact.name for contact in contacts}
    for entry in entries:
        entry.by_contact = names.get(entry.actor_id, "")
    return entries


def _entry(model: Any, entry: Any) -> dict[str, Any]:
    verb, changes = verb_label(model, entry.verb), changes_in(model, entry.changes)
    who = " · ".join(filter(None, [entry.who(), entry.by_contact]))
    return {"at": entry.at, "actor": who, "verb": verb, "about": _about(entry), "changes": changes}


def _about(entry: Any) -> str:
    """The chamber that a federation's move was about, unless it made the move itself; the part of a record by name."""
    chamber, label = (str(entry.facts.get(name, "")) for name in ("chamber", "label"))
    return " · ".join(filter(None, ["" if chamber == entry.actor else chamber, label]))


def _is_readable(model: Any, name: str) -> bool:
    """Keys of other records, and what nobody has named for people, say nothing: unless the model has words for them."""
    if name in model.trail_words:
        return True
    field = next((f for f in model._meta.concrete_fields if f.attname == name), None)
    kept = getattr(field, "base_field", field)
    is_key = field is None or kept is None or field.is_relation or kept.get_internal_type() == "UUIDField"
    return not is_key and is_named(field)


def words_of(model: Any, name: str, value: Any) -> str:
    """A value as people read it; a choice by its label, masked for those whose eyes it is not for."""
    if value and is_masked(model, name):
        return MASK
    if value and name in model.trail_words:
        return str(model.trail_words[name](value))
    field = model._meta.get_field(name)
    if isinstance(field, FenField):
        return money(value)
    choices = dict(field.flatchoices or getattr(getattr(field, "base_field", None), "flatchoices", ()))
    if isinstance(value, str) and isinstance(field, models.DateField):
        return text_of(field.to_python(value))
    if isinstance(value, list):
        return text_of([choices.get(v, v) for v in value])
    return text_of(choices.get(value, value) if isinstance(value, str | int) else value)


def verb_label(model: Any, verb: str) -> str:
    """The label of a move, or the word for a plain change."""
    declared = {m.name: str(m.label) for m in moves(model)} if model else {}
    return declared.get(verb) or str(VERBS.get(verb, verb))
