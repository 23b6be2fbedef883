"""What messages are sent for. The folder that sends them declares it; people say for which they want none."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Purpose:
    """`may_be_refused=False` is for what the law or the charter wants told: a removal, a convening of the assembly.

    `is_urgent` goes out in the quiet hours too.
    """

    name: str
    label: Text
    may_be_refused: bool = True
    is_urgent: bool = False


_purposes: dict[str, Purpose] = {}


def declare(name: str, label: Text, *, may_be_refused: bool = True, is_urgent: bool = False) -> Purpose:
    """`declare("dues.reminder", _("Reminder of dues"))`, once, in the folder's own module of purposes."""
    if name in _purposes:
        raise ValueError(f"the purpose {name!r} is declared twice")
    _purposes[name] = Purpose(name, label, may_be_refused, is_urgent)
    return _purposes[name]


def purpose_of(name: str) -> Purpose:
    """What was sent stays readable when its folder is gone."""
    return _declared().get(name) or Purpose(name, name)


def choices() -> Iterator[tuple[str, Any]]:
    return ((p.name, p.label) for p in _declared().values())


def refusable() -> Iterator[tuple[str, Any]]:
    return ((p.name, p.label) for p in _declared().values() if p.may_be_refused)


def _declared() -> dict[str, Purpose]:
    """Those of every folder, also of one that has not sent anything yet in this process."""
    if apps.ready:
        _discover()
    return _purposes


@cache
def _discover() -> None:
    autodiscover_modules("purposes")


TRIAL = declare("deliveries.trial", _("Trial message"), may_be_refused=False, is_urgent=True)
NEW_TASK = declare("deliveries.new_task", _("Task handed to a colleague"))
OVERDUE = declare("deliveries.overdue", _("Overdue tasks of a colleague"))
ARRIVAL = declare("deliveries.arrival", _("What came in from outside, told to colleagues"))
