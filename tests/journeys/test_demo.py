"""The demo as `make up` loads it into an empty house, and every page that its people can go to from the menu."""

import os

import pytest

from huiguan.demo.people import PASSWORD, PEOPLE
from huiguan.embedded.testing import server
from tests.journeys.house import on_database
from tests.support import database

WALKS = [("changde", "qin", 1280), ("changde", "gu", 390), ("hunan", "lian", 1280), ("", "operator", 390)]
EMAILS = {one.key: one.email for one in PEOPLE}
IN_MENU = ".navbar-vertical a[href^='/']:not([role=button]), main nav a[href^='/']"
FIRST_RECORD = "main tbody td.is-title a[href^='/'], main tbody th a[href^='/']"


@pytest.fixture(scope="module")
def house(place):
    name = f"huiguan_test_demo_{os.getpid()}"
    with database.fresh_copy(name, database.empty_name()):
        opening = on_database(server(), name, place)
        opening.run_step("demo", "demo", "load")
        with opening.open("web") as opened:
            yield opened


def addresses(at, selector):
    return at.page.locator(selector).evaluate_all("links => links.map(link => link.getAttribute('href'))")


@pytest.mark.parametrize(("slug", "key", "width"), WALKS)
def test_every_page_of_the_menu_and_the_first_record_of_every_list_opens(visitor, slug, key, width):
    at = visitor(slug, "", width).open("/accounts/login/").identify(EMAILS[key], PASSWORD)
    pages = list(dict.fromkeys(addresses(at, IN_MENU)))
    assert len(pages) > 1, at.page.content()
    for page in pages:
        records = addresses(at.open(page), FIRST_RECORD)
        for record in records[:1]:
            at.open(record)
