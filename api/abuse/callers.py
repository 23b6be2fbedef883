"""Partners who call the whole application as a server does, on the real database."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx
from django.core.cache import caches
from django.core.wsgi import get_wsgi_application

from api.isolation.actors import partner_of
from huiguan.tenancy import hosts
from huiguan.tenancy.models import Chamber

LISTINGS = "/api/v1/listings/"
BUSY, TURNS = 503, 400


@dataclass(frozen=True)
class Caller:
    """One credential of one chamber; it may be used by many threads."""

    chamber: Chamber
    headers: Mapping[str, str]
    grant_id: Any

    def post(self, path: str, content: Mapping[str, Any], **headers: str) -> httpx.Response:
        """Asked again while the chamber has had its share and nothing was begun, as partners are told to."""
        base = hosts.absolute_url(hosts.primary_host(self.chamber))
        with httpx.Client(transport=_transport(), base_url=base, headers=dict(self.headers)) as client:
            answer = client.post(path, json=dict(content), headers=headers)
            for _turn in range(TURNS):
                if answer.status_code != BUSY:
                    break
                time.sleep(0.05)
                answer = client.post(path, json=dict(content), headers=headers)
            return answer

    def forget_rate(self) -> None:
        """How often it called: what is tried is something else than how often somebody may call."""
        caches["shared"].delete(f"throttle:{self.grant_id}")


def caller_of(chamber: Chamber, mark: str) -> Caller:
    """A new partner with all that a chamber can grant; `mark` is the end of its name."""
    made = partner_of(chamber, mark)
    return Caller(chamber, made.headers, made.key)


@cache
def _transport() -> httpx.WSGITransport:
    return httpx.WSGITransport(app=get_wsgi_application(), raise_app_exceptions=False)
