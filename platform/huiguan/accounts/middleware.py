"""Reads the session, the person and the role, before the transaction is bound to a place."""

import datetime
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import InternalError
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from psycopg.errors import ReadOnlySqlTransaction

from huiguan.accounts.second_factor import deadline_for
from huiguan.accounts.sessions import has_ended, note_use
from huiguan.actors import NOBODY, Actor
from huiguan.capability import Place, permissions_of
from huiguan.roles import Role
from huiguan.tenancy.hosts import Host

Answer = Callable[[HttpRequest], HttpResponseBase]
READING = ("GET", "HEAD")


class HostSessionMiddleware(SessionMiddleware):
    """A session works only on the host it was made on: its cookie replayed elsewhere is nobody's."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if request.COOKIES.get(settings.SESSION_COOKIE_NAME) and request.session.get("host") != request.host.key:  # type: ignore[attr-defined]
            request.session = self.SessionStore()
        elif request.COOKIES.get(settings.SESSION_COOKIE_NAME) and has_ended(request.session):
            with suppress(InternalError):  # a database that is only read keeps the row: it has ended all the same
                request.session.flush()
            request.session = self.SessionStore()

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if hasattr(request, "session"):
            note_use(request)
        if hasattr(request, "session") and request.session.modified and not request.session.is_empty():
            request.session["host"] = request.host.key  # type: ignore[attr-defined]
        try:
            return super().process_response(request, response)
        except InternalError as error:
            if request.method in READING and isinstance(error.__cause__, ReadOnlySqlTransaction):
                return response  # the page is there; what was said on it is said again on the next
            raise


class LanguageMiddleware:
    """Chinese first: another language only when the person has chosen it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ActorMiddleware:
    """Sets `request.actor`: the person with their role on this host, or a partner with a token, or nobody.

    And `request.second_factor_by`: until when the person may go on without one; None where that does not matter.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        request.second_factor_by = self._deadline(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _actor(self, request: Any) -> Actor:
        if grant := getattr(request, "partner", None):
            return grant.actor  # type: ignore[no-any-return]
        return actor_for(request.user, request.host) if request.user.is_authenticated else NOBODY

    def _deadline(self, request: Any) -> datetime.datetime | None:
        is_person = request.actor.person_id is not None and request.actor.roles
        return deadline_for(request.user, request.host) if is_person else None


def actor_for(person: Any, host: Host) -> Actor:
    """The person as they stand on this host: with no role here they are somebody without any right."""
    here = str(host.chamber.pk if host.chamber else host.federation_id)
    roles = {a["role"] for a in person.appointments if here in (a["chamber"], a["federation"])}
    if host.kind == "site" and person.is_operator:
        roles = {Role.OPERATOR}
    return Actor(
        name=person.name,
        person_id=person.pk,
        roles=frozenset(str(r) for r in roles),
        permissions=permissions_of(roles, Place(host.kind)),
        chamber_id=host.chamber.pk if host.chamber else None,
        federation_id=uuid.UUID(str(host.federation_id)) if host.federation_id else None,
    )
