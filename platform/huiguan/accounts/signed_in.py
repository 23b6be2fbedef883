"""Where somebody is signed in: the row of each session, which they see and may end."""

import hashlib
from typing import Any, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
           ("Mac OS X", "macOS"), ("HarmonyOS", "HarmonyOS"), ("Linux", "Linux"))  # fmt: skip
PROGRAMS = (("MicroMessenger", "WeChat"), ("DingTalk", "DingTalk"), ("Lark", "Feishu"), ("Edg", "Edge"),
            ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip


class SessionQuerySet(models.QuerySet["Session"]):
    def of(self, person: Any) -> "SessionQuerySet":
        """Those used last before the others."""
        return self.filter(person_id=person.pk).order_by(models.F("used_at").desc(nulls_last=True))


class Session(AbstractBaseSession):
    """What `huiguan.accounts.sessions` writes beside the content. `host_key` is `Host.key`."""

    person_id = models.UUIDField(null=True, db_index=True)
    host_key = models.CharField(max_length=40, blank=True, db_index=True)
    device = models.CharField(max_length=60, blank=True)
    began_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = BaseSessionManager.from_queryset(SessionQuerySet)()

    class Meta:
        db_table = "accounts_session"

    @classmethod
    def get_session_store_class(cls) -> Any:
        from huiguan.accounts.sessions import SessionStore

        return SessionStore

    @property
    def name(self) -> str:
        """For a form: the key itself would open the session."""
        return name_of(self.session_key)


def name_of(session_key: str | None) -> str:
    return hashlib.sha256(f"session {session_key}".encode()).hexdigest()[:24]


def device_in_words(agent: str) -> str:
    """`Chrome · Windows`, as far as the browser tells."""
    found = [next((word for mark, word in marks if mark in agent), "") for marks in (PROGRAMS, SYSTEMS)]
    return " · ".join(filter(None, found))
