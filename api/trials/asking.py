"""Reads the top five of a need as a partner of its chamber does: with a token, on the chamber's host."""

import base64
import time
from functools import cached_property
from typing import Any

from django.conf import settings
from django.test import Client

from api.trials.house import SCOPES, House
from huiguan.tenancy import hosts

BUSY = 429


class Unanswered(RuntimeError):
    """The API answered something else than a list."""


class Partner:
    """One token, for all chambers of the house that let it in."""

    def __init__(self, house: House) -> None:
        self.house = house

    def top_five(self, chamber: str, listing: str) -> list[str]:
        """The keys of the listings shown, the best first. Waits when the API asks for patience."""
        client = Client(HTTP_HOST=hosts.address(self.house.chambers[chamber].slug))
        headers = {"Authorization": f"Bearer {self._token}"}
        while True:
            answer = client.get("/api/v1/matches/", {"listing": listing}, headers=headers, secure=True)
            if answer.status_code != BUSY:
                return [str(row["id"]) for row in _read(answer)["results"]]
            time.sleep(float(answer.headers.get("Retry-After", 1)))

    @cached_property
    def _token(self) -> str:
        basic = base64.b64encode(f"{self.house.client.client_id}:{self.house.secret}".encode()).decode()
        asked = {"grant_type": "client_credentials", "scope": " ".join(SCOPES)}
        headers = {"Authorization": f"Basic {basic}"}
        site = Client(HTTP_HOST=settings.BASE_DOMAIN)
        return str(_read(site.post("/api/oauth/token/", asked, headers=headers, secure=True))["access_token"])


def _read(answer: Any) -> dict[str, Any]:
    if answer.status_code != 200:
        raise Unanswered(f"{answer.status_code}: {answer.content.decode()[:300]}")
    found: dict[str, Any] = answer.json()
    return found
