"""What a capability adds to another's record: to its page, its timeline, its engagement, to its members' own pages."""

import datetime
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise

from huiguan.actors import Actor

Text = str | Promise


@dataclass(frozen=True)
class Panel:
    """A part of the page of another's record (`model="members.Member"`).

    `context` gives what `template` shows, None where there is nothing to show. Without a `permission` it is for all
    who may see the capability.
    """

    model: str
    template: str
    context: Callable[[Any, Actor], dict[str, Any] | None]
    permission: str = ""
    order: int = 50


class Moment(NamedTuple):
    """Something that happened: at a time, or on a day whose hour nobody knows."""

    at: datetime.datetime | datetime.date
    text: Text
    url: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Moments:
    """What a capability knows of the past of another's record; merged with its history by time."""

    model: str
    label: Text
    compute: Callable[[Any], Iterable[Moment]]
    permission: str = ""


class Mark(NamedTuple):
    """`value` from 0 (turned away) to 1 (as close as can be), and why."""

    value: float
    words: str


Members = Collection[uuid.UUID] | None
Marks = Mapping[uuid.UUID, Mark]
Days = Mapping[uuid.UUID, datetime.date]


@dataclass(frozen=True)
class EngagementPart:
    """How close members are to the chamber, told from one kind of record.

    `compute(members, since, until)` answers for these members (None: for all) and leaves out those of whom it knows
    nothing: no data is not zero. `is_contact` says that a value above 0 means the chamber and the member met or spoke;
    `contacted_on`, where the days are known, gives rows of a member's key and its newest day.
    """

    code: str
    label: Text
    weight: float
    compute: Callable[[Members, datetime.date, datetime.date], Marks]
    is_contact: bool = False
    contacted_on: Callable[[Members, datetime.date, datetime.date], QuerySet[Any]] | None = None


class Own(NamedTuple):
    """Who came by a link: a contact, and the member for which they act. `link` is the row that let them in."""

    member: Any
    contact: Any
    link: Any


def _nothing(own: Own) -> Iterable[Any]:
    return ()


def _always(own: Own) -> bool:
    return True


@dataclass(frozen=True)
class OwnPage:
    """A page that members open on their phone by their link; how to write one stands in `huiguan.own`.

    `url` is a url name of a view under `@own_page`. `waits` yields an `Item` for whatever waits for this contact or
    member: it stands on the portal's first page. Where `is_for` answers False the page is left out.
    `answered(members, since)` gives those of the members who have done since then what the page asks for.
    """

    label: Text
    url: str
    icon: str = "file-text"
    order: int = 50
    hint: Text = ""
    waits: Callable[[Own], Iterable[Any]] = _nothing
    is_for: Callable[[Own], bool] = _always
    answered: Callable[[Collection[uuid.UUID], datetime.datetime], Iterable[uuid.UUID]] | None = None


@dataclass(frozen=True)
class ConsentEnd:
    """What ends in a folder when a member withdraws a consent (`purpose` as the members' folder names it).

    `told(member)` says it beforehand, empty where there is nothing; `end(member)` does it, in the same transaction.
    """

    purpose: str
    told: Callable[[Any], str]
    end: Callable[[Any], None]


@dataclass(frozen=True)
class Suspension:
    """Members who get no services for now: `compute(members)` says of these (None: of all) who, and why."""

    compute: Callable[[Members], Mapping[uuid.UUID, Text]]


class Worth(StrEnum):
    """What a statement of value asks of a year. [002 §1.4 价值显性化]"""

    ATTENDED = "attended"
    RECEIVED = "received"
    SAVED = "saved"
    PAID = "paid"


class Line(NamedTuple):
    """One thing of a year, in words. `fen` where it was worth or cost money: then `basis` says what that rests on."""

    text: Text
    fen: int | None = None
    basis: Text = ""


Lines = Mapping[uuid.UUID, Sequence[Line]]


@dataclass(frozen=True)
class ValuePart:
    """What members had of the chamber, told from one kind of record, for their yearly statement of value.

    `compute(members, since, until)` answers for these members (None: for all) and leaves out those of whom it knows
    nothing. What cannot be said in money has no amount: it is never guessed.
    """

    code: str
    label: Text
    worth: Worth
    compute: Callable[[Members, datetime.date, datetime.date], Lines]
    order: int = 50
