"""Sessions with their person, place, device and times; and when one has ended. Django's SESSION_ENGINE."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Rows
from django.utils.timezone import now

from huiguan.accounts.signed_in import Session, device_in_words

BETWEEN_NOTES = datetime.timedelta(minutes=5)  # of the last use: a page that is read writes nothing meanwhile


class SessionStore(Rows):
    @classmethod
    def get_model_class(cls) -> Any:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        made: Any = super().create_model_instance(data)
        made.person_id, made.host_key = data.get(SESSION_KEY), data.get("host", "")
        made.device, made.began_at, made.used_at = data.get("device", ""), _time(data, "began"), _time(data, "used")
        return made


def has_ended(session: Any) -> bool:
    """After a time without use, and twelve hours after signing in whatever happened since. [ASVS 7.3]"""
    used, began = _time(session, "used"), _time(session, "began")
    idle = used is not None and now() - used > datetime.timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    return idle or (began is not None and now() - began > datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE))


def note_use(request: Any) -> None:
    """By somebody who is signed in; every few minutes."""
    session = request.session
    if SESSION_KEY not in session:
        return
    used = _time(session, "used")
    if used is None or now() - used > BETWEEN_NOTES:
        session["used"] = now().isoformat()
        session["device"] = device_in_words(request.headers.get("User-Agent", ""))
        session.setdefault("began", session["used"])


def end(person: Any, name: str) -> bool:
    """One of a person's own; False when there is none of this name."""
    found = next((each for each in Session.objects.of(person) if each.name == name), None)
    return bool(found and found.delete()[0])


def end_others(person: Any, kept: str | None) -> int:
    """All of a person's sessions but the one with this key, on every host. Returns how many."""
    return int(Session.objects.of(person).exclude(session_key=kept).order_by().delete()[0])


def _time(data: Any, name: str) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(data[name]) if data.get(name) else None
