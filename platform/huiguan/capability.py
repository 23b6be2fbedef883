"""What a folder tells the rest of the house about itself: only what Django and Celery do not find by themselves."""

import datetime
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from huiguan.actors import Actor
from huiguan.files.purposes import Purpose
from huiguan.kpis import Kpi
from huiguan.parts import (
    ConsentEnd,
    EngagementPart,
    Moments,
    OwnPage,
    Panel,
    Suspension,
    ValuePart,
)
from huiguan.retention import Retention
from huiguan.roles import Role

Text = str | Promise


class Place(StrEnum):
    """On whose hosts a capability shows itself."""

    CHAMBER = "chamber"
    FEDERATION = "federation"
    SITE = "site"


@dataclass(frozen=True)
class Permission:
    """A right by name (`members.change`), and the roles that hold it."""

    name: str
    label: Text
    roles: frozenset[Role]


class Item(NamedTuple):
    """Something due, late or waiting for a person. `level`: "late", "due", "waiting" or "info"."""

    title: str
    url: str
    why: Text = ""
    due: datetime.date | None = None
    level: str = "waiting"
    action_label: Text = ""


@dataclass(frozen=True)
class Source:
    """Yields what waits for the actor; the task list and the workbench are made of sources.

    `is_of_the_place`: told by the chamber's own records and the day alone, the same for all who hold the same roles;
    kept until one of the records changes.
    """

    label: Text
    items: Callable[[Actor], Iterable[Item]]
    permission: str = ""
    is_of_the_place: bool = False


@dataclass(frozen=True)
class Figure:
    """A number on the workbench. `compute` gives (value, trend in per cent or None); `url` is a url name.

    `is_of_the_place`: of the chamber's own records and the day alone, whoever looks, as charts are; kept until one of
    the records changes.

    With a `code` a data call can ask for it by name: `members.count`.
    """

    label: Text
    compute: Callable[[], tuple[float | None, float | None]]
    unit: Text = ""
    url: str = ""
    icon: str = "chart-bar"
    permission: str = ""
    code: str = ""
    is_of_the_place: bool = True


@dataclass(frozen=True)
class Step:
    """A step of the first run; `is_done` is asked each time the workbench opens."""

    label: Text
    url: str
    is_done: Callable[[], bool]
    order: int = 50


@dataclass(frozen=True)
class Page:
    """A page of a folder beside its lists, for the navigation; `url` is a url name."""

    label: Text
    url: str
    permission: str = ""


@dataclass(frozen=True)
class Resource:
    """A model with the standard screens. Fields may be dotted through relations (`member__name`) or name a method.

    `entitlement` names what the chamber's plan limits (`members.add`). With an `api_name` partners can be granted it:
    `api_fields` are shown, `api_form` lets them enter records through the form, `api_shown` names a function that
    leaves only the records whose owners agreed. `form` and `filters` name a form and a FilterSet of the folder's own.
    """

    model: type[Model]
    list_fields: Sequence[str]
    form_fields: Sequence[str] = ()
    search_fields: Sequence[str] = ()
    filter_fields: Sequence[str] = ()
    detail_fields: Sequence[str] = ()
    related: Sequence[str] = ()
    ordering: Sequence[str] = ()
    prefetch: Sequence[str] = ()
    visible: Callable[[QuerySet[Any], Actor], QuerySet[Any]] | None = None
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    form: str = ""
    filters: str = ""
    empty: Text = ""
    in_navigation: bool = True
    import_url: str = ""
    entitlement: str = ""
    api_name: str = ""
    api_fields: Sequence[str] = ()
    api_form: bool = False
    api_shown: str = ""

    @property
    def route(self) -> str:
        """The stem of its url names: `members-member`."""
        return f"{self.model._meta.app_label}-{self.model._meta.model_name}"


@dataclass(frozen=True)
class Capability:
    """One folder: a capability of a chamber, a part of the federation, or a part of the site.

    `verbs` is what others may have done here, by name (`members.admit`): none of them imports another.
    """

    name: str
    label: Text
    icon: str
    order: int
    place: Place = Place.CHAMBER
    resources: Sequence[Resource] = ()
    permissions: Sequence[Permission] = ()
    kpis: Sequence[Kpi] = ()
    sources: Sequence[Source] = ()
    figures: Sequence[Figure] = ()
    charts: Sequence[Callable[[], Any]] = ()
    steps: Sequence[Step] = ()
    pages: Sequence[Page] = ()
    panels: Sequence[Panel] = ()
    moments: Sequence[Moments] = ()
    engagement: Sequence[EngagementPart] = ()
    own_pages: Sequence[OwnPage] = ()
    consent_ends: Sequence[ConsentEnd] = ()
    suspensions: Sequence[Suspension] = ()
    value: Sequence[ValuePart] = ()
    files: Sequence[Purpose] = ()
    retention: Sequence[Retention] = ()
    verbs: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    home: str = ""
    urls: Sequence[Any] = ()
    demo: Callable[[Any], None] | None = field(default=None)

    @cached_property
    def permission_names(self) -> frozenset[str]:
        return frozenset(p.name for p in self.permissions)

    @property
    def module(self) -> str:
        """The package of the folder, found by the declaration's app."""
        return _modules[self.place, self.name]


_capabilities: dict[tuple[Place, str], Capability] = {}
_modules: dict[tuple[Place, str], str] = {}


def register(capability: Capability) -> Capability:
    """Called once by a folder's `capability.py`. Raises ValueError for a second of the same name in the same place."""
    key = capability.place, capability.name
    if key in _capabilities:
        raise ValueError(f"capability {capability.name!r} is registered twice")
    caller = sys._getframe(1).f_globals["__name__"]  # not `inspect.stack()`: that reads every file on the way
    _modules[key] = caller.rpartition(".")[0]
    _capabilities[key] = capability
    return capability


def capabilities(place: Place | str | None = None) -> list[Capability]:
    """All of a place in the order of the navigation."""
    if apps.ready:
        _discover()
    found = [c for c in _capabilities.values() if place is None or c.place == place]
    return sorted(found, key=lambda c: (c.order, c.name))


@cache
def _discover() -> None:
    """Import every folder's declaration, once: looking for those that have none costs milliseconds."""
    autodiscover_modules("capability")


def resources(place: Place | str | None = None) -> Iterator[tuple[Capability, Resource]]:
    for capability in capabilities(place):
        for resource in capability.resources:
            yield capability, resource


def permissions_of(roles: Iterable[str], place: Place | str) -> frozenset[str]:
    """What these roles may do in this place."""
    held = frozenset(roles)
    return frozenset(p.name for c in capabilities(place) for p in c.permissions if p.roles & held)


def kpis() -> dict[str, Kpi]:
    """Every KPI that exists, by its code."""
    return {k.code: k for c in capabilities(Place.CHAMBER) for k in c.kpis}


def kpi_label(code: str) -> str:
    """The KPI's name, as its capability says it; the code once its folder is gone."""
    kpi = kpis().get(code)
    return str(kpi.label) if kpi else code
