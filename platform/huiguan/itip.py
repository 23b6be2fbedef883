"""Invitations between calendars by mail: writes REQUEST and CANCEL, reads REPLY and COUNTER. [RFC 5545, 5546, 6047]"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from enum import StrEnum
from typing import Any

from django.utils.timezone import get_default_timezone, now
from icalendar import Calendar, vCalAddress
from icalendar import Event as VEvent

PRODUCT = "-//Huiguan//Huiguan//ZH"


class Standing(StrEnum):
    """PARTSTAT: what a guest says of the invitation."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    TENTATIVE = "TENTATIVE"
    DECLINED = "DECLINED"


@dataclass(frozen=True)
class Guest:
    """ATTENDEE. One who is not required is a substitute or comes along."""

    name: str
    address: str
    is_required: bool = True
    standing: str = Standing.NEEDS_ACTION


@dataclass(frozen=True)
class Event:
    """A VEVENT. `uid` stays for ever; `sequence` grows with every change of time or place.

    `starts_at` may be missing when it is cancelled. `minutes` is how long it lasts.
    """

    uid: str
    sequence: int
    starts_at: datetime.datetime | None
    minutes: int
    summary: str
    place: str
    description: str
    organizer: Guest
    guests: Sequence[Guest]
    url: str = ""


@dataclass(frozen=True)
class Answer:
    """What a guest's calendar said. `starts_at` is another time that a COUNTER proposes."""

    uid: str
    method: str
    address: str
    standing: str
    sequence: int
    stamped_at: datetime.datetime
    starts_at: datetime.datetime | None
    comment: str


def request(event: Event) -> str:
    """An invitation, and the same again after a change."""
    return _written(event, "REQUEST", "CONFIRMED")


def cancel(event: Event) -> str:
    return _written(event, "CANCEL", "CANCELLED")


def method_of(calendar: str) -> str:
    """The METHOD of an iCalendar object, which the mail's own heading must name too. [RFC 6047 §2.4]"""
    found = re.search(r"^METHOD:([A-Z]+)\r?$", calendar, re.MULTILINE)
    return found[1] if found else "PUBLISH"


def read(message: EmailMessage) -> Answer | None:
    """What the message answers to an invitation; None for any other mail.

    A guest answers for nobody else: the address of the sender must be the guest's. [RFC 6047 §3]
    """
    part = next((p for p in message.walk() if p.get_content_type() == "text/calendar"), None)
    if part is None:
        return None
    try:
        content: Any = part.get_payload(decode=True)
        answer = _read(Calendar.from_ical(content))
    except (ValueError, KeyError, AttributeError, TypeError):
        return None
    sender = parseaddr(str(message.get("From", "")))[1].lower()
    return answer if answer and answer.address == sender else None


def _read(calendar: Any) -> Answer | None:
    method = str(calendar.get("METHOD", "")).upper()
    events = calendar.walk("VEVENT")
    if method not in ("REPLY", "COUNTER") or not events:
        return None
    [guest, *_others] = _listed(events[0]["ATTENDEE"])
    starts = events[0].get("DTSTART")
    proposed = starts.dt if method == "COUNTER" and isinstance(starts.dt, datetime.datetime) else None
    return Answer(
        uid=str(events[0]["UID"]),
        method=method,
        address=_address(guest),
        standing=str(guest.params.get("PARTSTAT", Standing.NEEDS_ACTION)).upper(),
        sequence=int(events[0].get("SEQUENCE", 0)),
        stamped_at=_aware(events[0]["DTSTAMP"].dt),
        starts_at=_aware(proposed) if proposed else None,
        comment=str(events[0].get("COMMENT", ""))[:300],
    )


def _written(event: Event, method: str, status: str) -> str:
    calendar = Calendar()
    for name, value in {"prodid": PRODUCT, "version": "2.0", "calscale": "GREGORIAN", "method": method}.items():
        calendar.add(name, value)
    written = VEvent()
    for name, said in {**_facts(event), "status": status}.items():
        if said not in ("", None):
            written.add(name, said)
    written.add("organizer", _calendar_address(event.organizer))
    for guest in event.guests:
        written.add("attendee", _as_guest(guest))
    calendar.add_component(written)
    calendar.add_missing_timezones()
    return str(calendar.to_ical().decode())


def _facts(event: Event) -> dict[str, Any]:
    begins = event.starts_at and event.starts_at.astimezone(get_default_timezone())
    return {
        "uid": event.uid,
        "sequence": event.sequence,
        "dtstamp": now().astimezone(datetime.UTC),
        "dtstart": begins,
        "dtend": begins and begins + datetime.timedelta(minutes=event.minutes),
        "summary": event.summary,
        "location": event.place,
        "description": event.description,
        "url": event.url,
    }


def _as_guest(guest: Guest) -> vCalAddress:
    address = _calendar_address(guest)
    address.params["ROLE"] = "REQ-PARTICIPANT" if guest.is_required else "OPT-PARTICIPANT"
    address.params["PARTSTAT"], address.params["RSVP"] = str(guest.standing), "TRUE"
    return address


def _calendar_address(guest: Guest) -> vCalAddress:
    address = vCalAddress(f"mailto:{guest.address}")
    address.params["CN"] = guest.name
    return address


def _address(guest: Any) -> str:
    return re.sub("^mailto:", "", str(guest), flags=re.IGNORECASE).strip().lower()


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _aware(at: datetime.datetime) -> datetime.datetime:
    """A time without a zone is the time of the house."""
    return at if at.tzinfo else at.replace(tzinfo=get_default_timezone())
