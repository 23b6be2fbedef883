"""Everything that happened with a record: its own history and what other capabilities know, merged by time."""

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.timezone import get_current_timezone, is_aware, make_aware
from django.utils.translation import gettext as _

from huiguan.actors import Actor
from huiguan.parts import Moment
from huiguan.screens.history import history_of
from huiguan.screens.panels import declared_for

OWN = "history"
NEWEST = 30
NEWEST_OF_ONE = 100


class Timeline(NamedTuple):
    """Entries, the newest first, and the kinds by which they can be narrowed; none where there is one kind only."""

    entries: list[dict[str, Any]]
    kinds: list[dict[str, Any]]


def timeline_of(record: Any, actor: Actor, wanted: str = "") -> Timeline:
    """`wanted` names one kind; anything else shows all."""
    declared = {f"{c.name}.{m.compute.__name__}": m for c, m in declared_for(record, actor, "moments")}
    labels = {OWN: _("Changes"), **{name: str(each.label) for name, each in declared.items()}}
    wanted = wanted if wanted in labels else ""
    entries = list(history_of(record)) if wanted in ("", OWN) else []
    for name, each in declared.items():
        if wanted in ("", name):
            entries += _entries(each.compute(record), labels[name])
    entries.sort(key=lambda entry: entry["at"], reverse=True)
    return Timeline(entries[: NEWEST_OF_ONE if wanted else NEWEST], _kinds(labels, wanted) if declared else [])


def _entries(moments: Any, label: str) -> Iterator[dict[str, Any]]:
    for moment in (Moment(*each) for each in moments):
        is_day = not isinstance(moment.at, datetime.datetime)
        shown = {"verb": moment.text, "url": moment.url, "icon": moment.icon, "kind": label, "is_day": is_day}
        yield {**shown, "at": _at(moment.at)}


def _at(at: datetime.date) -> datetime.datetime:
    """A day stands at its beginning."""
    if not isinstance(at, datetime.datetime):
        at = datetime.datetime.combine(at, datetime.time.min)
    return at if is_aware(at) else make_aware(at, get_current_timezone())


def _kinds(labels: dict[str, str], wanted: str) -> list[dict[str, Any]]:
    named = {"": _("All"), **labels}
    return [{"name": name, "label": label, "current": name == wanted} for name, label in named.items()]
