"""Field by field: what two entries of one member say, and what the one that stays will say."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import models

from huiguan.screens.fields import label_of, shown
from tenants.members.models import Member
from tenants.members.profile import NOTHING, RESEARCHED

KEPT, GONE, BOTH = "kept", "gone", "both"
TOGETHER = {"joined_precision": "joined_on"}  # says how the other is to be read, so it goes with it
COMPARED = [name for name in RESEARCHED if name not in TOGETHER] + ["dues_fen"]


class Difference(NamedTuple):
    """A field in which they differ: both values as people read them, and the choices that there are."""

    name: str
    label: str
    kept: str
    gone: str
    chosen: str
    can_be_both: bool


def differences(kept: Member, gone: Member) -> list[Difference]:
    """What the one that stays lacks is taken from the other, unless a person says otherwise."""
    found = []
    for name in COMPARED:
        here, there = getattr(kept, name), getattr(gone, name)
        if here != there and not (here in NOTHING and there in NOTHING):
            texts = shown(kept, name).text, shown(gone, name).text
            chosen = GONE if here in NOTHING else KEPT
            can_be_both = here not in NOTHING and there not in NOTHING and _can_be_joined(name)
            found.append(Difference(name, label_of(Member, name), *texts, chosen, can_be_both))
    return found


def values(kept: Member, gone: Member, chosen: Mapping[str, str]) -> dict[str, Any]:
    """What changes in the one that stays, by field."""
    found: dict[str, Any] = {}
    for each in differences(kept, gone):
        choice = chosen.get(each.name, each.chosen)
        if choice == GONE:
            found[each.name] = getattr(gone, each.name)
        elif choice == BOTH and each.can_be_both:
            found[each.name] = _joined(getattr(kept, each.name), getattr(gone, each.name))
    found |= {name: getattr(gone, name) for name, of in TOGETHER.items() if of in found}
    return found | _later_confirmation(kept, gone)


def _later_confirmation(kept: Member, gone: Member) -> dict[str, Any]:
    days = [day for day in (kept.confirmed_on, gone.confirmed_on) if day]
    return {"confirmed_on": max(days)} if days and max(days) != kept.confirmed_on else {}


def _can_be_joined(name: str) -> bool:
    field = Member._meta.get_field(name)
    return isinstance(field, models.TextField) or field.get_internal_type() == "ArrayField"


def _joined(here: Any, there: Any) -> Any:
    if isinstance(here, list):
        return list(dict.fromkeys([*here, *there]))
    return f"{here}\n{there}"
