"""Every role opens exactly the pages that the declarations give it, and nobody else's (goal G5)."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from huiguan import access, personal
from huiguan.accounts.actions import appoint
from huiguan.accounts.models import Person
from huiguan.capability import permissions_of, resources
from huiguan.roles import CHAMBER_ROLES, FEDERATION_ROLES
from tests.conftest import chamber, federation, sign_in
from tests.contract.conftest import CONTACT, OTHER
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
def test_a_role_opens_what_is_declared_for_it_is_offered_no_more_and_shown_no_number_that_is_not_for_it(
    canary: Any, place: str, role: str
) -> None:
    browser, held, pages = browser_of(place, role), permissions_of([role], place), {}
    for url, needed in plain_pages(get_resolver(settings.URLCONFS[place]).url_patterns):
        if needed in ("", *access.NO_SESSION) or url.startswith("/api/"):
            continue
        pages[url] = browser.get(url)
        assert (pages[url].status_code == 403) == (needed not in (*held, access.SIGNED_IN)), (url, needed)
    assert len(pages) > 15
    for capability, resource in resources(place):
        url, is_held = f"/{capability.name}/{resource.model._meta.model_name}/", f"{capability.name}.view" in held
        assert pages[url].status_code == (200 if is_held else 403), url
        assert [s for s in offered(pages[url], url) if f"{capability.name}.{SCREENS[s]}" not in held] == [], url
    if place == "chamber" and personal.WHOLE not in held:
        more = (f"/members/member/{canary.member_id}/", f"/members/contact/{canary.pk}/", "/search/?q=金")
        pages |= {url: browser.get(url) for url in more}
        assert shown_whole(pages) == []


def offered(answer: Any, url: str) -> list[str]:
    """The screens of a list to which its page leads."""
    return [screen for screen in ("new/", "export/") if f'"{url}{screen}' in answer.content.decode()]


def shown_whole(pages: Any) -> list[tuple[str, str]]:
    """Numbers of the canary, and where they stand; it is named somewhere, or nothing was looked at."""
    words = {url: text_of(answer) for url, answer in pages.items() if answer.status_code == 200}
    assert sum("金丝雀" in each or "金先生" in each for each in words.values()) > 1
    return [(url, value) for url, each in words.items() for value in (*CONTACT.values(), OTHER) if value in each]


def text_of(answer: Any) -> str:
    """Of a page, or of all cells of a list that was exported."""
    if "spreadsheet" not in answer.headers["Content-Type"]:
        content: str = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(
            errors="replace"
        )
        return content
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(answer.content))
    return "\n".join(str(cell) for row in book.active.values for cell in row)


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
