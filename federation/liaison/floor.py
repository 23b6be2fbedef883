"""The order in which chambers speak to an item, and where the meeting is now."""

import uuid
from dataclasses import dataclass
from typing import Any

from federation.liaison.models import AgendaItem, Attendance, Session, Speech


@dataclass(frozen=True, slots=True)
class Speaker:
    """A chamber that is there, and whether it was heard on the item under way."""

    line: Attendance
    is_speaking: bool
    has_spoken: bool
    is_next: bool


@dataclass(frozen=True, slots=True)
class Floor:
    """`item` and `speech` are under way; `following` is the next item that has not begun."""

    item: AgendaItem | None
    speech: Speech | None
    following: AgendaItem | None
    speakers: list[Speaker]


def of(session: Session) -> Floor:
    agenda = list(session.agenda.select_related("topic"))
    item = next((each for each in agenda if each.is_under_way), None)
    spoken = list(session.speeches.filter(item=item)) if item else []
    speech = next((each for each in spoken if each.ended_at is None), None)
    following = next((each for each in agenda if each.begun_at is None), None)
    return Floor(item, speech, following, _speakers(session, item, spoken, speech) if item else [])


def in_order(item: AgendaItem, present: list[Any], host_id: uuid.UUID | None) -> list[Any]:
    """Who brought the topic up, then who seconded it, then the roll; the host, who presides, speaks last."""
    backing = [s.chamber_id for s in item.topic.seconds.all()] if item.topic else []
    first = [item.chamber_id, *backing]

    def place(line: Any) -> tuple[bool, int]:
        is_host = line.chamber_id == host_id and line.chamber_id != item.chamber_id
        return is_host, first.index(line.chamber_id) if line.chamber_id in first else len(first)

    return sorted(present, key=place)


def _speakers(session: Session, item: AgendaItem, spoken: list[Speech], speech: Speech | None) -> list[Speaker]:
    heard = {each.chamber_id for each in spoken}
    lines = in_order(item, list(session.present()), session.host_id)
    waiting = next((line.chamber_id for line in lines if line.chamber_id not in heard), None)
    speaking = speech and speech.chamber_id
    return [
        Speaker(line, line.chamber_id == speaking, line.chamber_id in heard, line.chamber_id == waiting)
        for line in lines
    ]
