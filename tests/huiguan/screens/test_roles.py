"""Every role opens exactly the pages that the declarations give it, and nobody else's (goal G5)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from huiguan import access
from huiguan.accounts.actions import appoint
from huiguan.accounts.models import Person
from huiguan.capability import permissions_of, resources
from huiguan.roles import CHAMBER_ROLES, FEDERATION_ROLES
from tests.conftest import chamber, federation, sign_in
from tests.support import cast

ROLES = [("chamber", str(r)) for r in CHAMBER_ROLES] + [("federation", str(r)) for r in FEDERATION_ROLES]
SCREENS = {"": "view", "new/": "change", "export/": "export"}


def browser_of(place: str, role: str) -> Client:
    """Somebody new who holds just this role."""
    person = Person.objects.create_user(f"{role}@example.com", cast.PASSWORD, name=role)
    where = {"chamber": chamber("changde")} if place == "chamber" else {"federation_id": federation().pk}
    appoint(person=person, role=role, **where)
    return sign_in(person, "changde" if place == "chamber" else cast.FEDERATION[0])


def plain_pages(entries: Any, before: str = "/") -> Iterator[tuple[str, str]]:
    """Addresses without an id, each with the permission that its view declares."""
    for entry in entries:
        if "<" in str(entry.pattern) or "(" in str(entry.pattern):
            continue
        if isinstance(entry, URLResolver):
            yield from plain_pages(entry.url_patterns, before + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield before + str(entry.pattern), access.permission_of(entry.callback) or ""


@pytest.mark.parametrize(("place", "role"), ROLES)
def test_a_role_opens_the_pages_that_are_declared_for_it(db: None, place: str, role: str) -> None:
    browser, held, seen = browser_of(place, role), permissions_of([role], place), {}
    for url, needed in plain_pages(get_resolver(settings.URLCONFS[place]).url_patterns):
        if needed in ("", access.SIGNED_IN, *access.NO_SESSION) or url.startswith("/api/"):
            continue
        seen[url] = browser.get(url).status_code
        assert (seen[url] == 403) == (needed not in held), (url, needed)
    for capability, resource in resources(place):
        url, is_held = f"/{capability.name}/{resource.model._meta.model_name}/", f"{capability.name}.view" in held
        assert seen[url] == (200 if is_held else 403), url
    assert len(seen) > 15


@pytest.mark.parametrize(("place", "role"), ROLES)
def test_a_page_offers_what_the_role_may_do_and_no_more(db: None, place: str, role: str) -> None:
    browser, held = browser_of(place, role), permissions_of([role], place)
    for capability, resource in resources(place):
        if f"{capability.name}.view" not in held:
            continue
        base = f"/{capability.name}/{resource.model._meta.model_name}/"
        page = browser.get(base).content.decode()
        for screen in ("new/", "export/"):
            if f"{capability.name}.{SCREENS[screen]}" not in held:
                assert f'"{base}{screen}' not in page, (role, base, screen)


@pytest.mark.parametrize("place", ["chamber", "federation"])
def test_without_a_session_no_page_opens(db: None, place: str) -> None:
    stranger = Client(HTTP_HOST=f"{'changde' if place == 'chamber' else cast.FEDERATION[0]}.localhost")
    for url, needed in plain_pages(get_resolver(settings.URLCONFS[place]).url_patterns):
        if needed not in ("", *access.NO_SESSION) and not url.startswith("/api/"):
            answer = stranger.get(url)
            assert answer.headers.get("Location", "").startswith("/accounts/login/"), url


def test_an_operator_has_no_page_of_a_chamber_or_a_federation(signed_in: Any) -> None:
    """Security rule 13: no standing access to a chamber."""
    for slug in ("changde", cast.FEDERATION[0]):
        assert signed_in("operator", host=slug).get("/").status_code == 403
