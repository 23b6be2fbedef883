"""From one's chamber to another place of one's own: by a link for one host, that works once, for a minute."""

import re
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from huiguan.accounts.actions import appoint
from huiguan.accounts.models import Appointment, Person
from tests.support import cast


@pytest.fixture
def tan(shaoyang: Any) -> Person:
    """Who also works for the other chamber."""
    person = Person.objects.get(email=cast.email("tan"))
    appoint(person=person, role="officer", chamber=shaoyang)
    return person


def leave_for(browser: Any, chamber: Any) -> tuple[str, str]:
    """The host and the path that a switch leads to."""
    answer = browser.get(f"/accounts/switch/chamber/{chamber.pk}/")
    host, path = re.match(r"http://([^/:]+)[^/]*(/.*)", answer.headers["Location"]).groups()  # type: ignore[union-attr]
    return host, path


def test_a_person_changes_to_their_other_chamber_without_signing_in_again(
    tan: Person, shaoyang: Any, signed_in: Any
) -> None:
    browser = signed_in("tan")
    assert f"/accounts/switch/chamber/{shaoyang.pk}/" in browser.get("/").content.decode()
    host, path = leave_for(browser, shaoyang)
    assert host == "shaoyang.localhost"
    there = Client(HTTP_HOST=host)
    assert there.get(path).headers["Location"] == "/"
    assert "陕西省邵阳商会" in there.get("/").content.decode()
    assert browser.get("/").status_code == 200


def test_the_link_works_once(tan: Person, shaoyang: Any, signed_in: Any) -> None:
    host, path = leave_for(signed_in("tan"), shaoyang)
    Client(HTTP_HOST=host).get(path)
    again = Client(HTTP_HOST=host)
    again.get(path)
    assert again.get("/").status_code == 302


@pytest.mark.parametrize("host", ["changde.localhost", "hunan.localhost", "localhost"])
def test_the_link_works_on_its_host_only(tan: Person, shaoyang: Any, signed_in: Any, host: str) -> None:
    _host, path = leave_for(signed_in("tan"), shaoyang)
    elsewhere = Client(HTTP_HOST=host)
    assert elsewhere.get(path).headers["Location"] == "/accounts/login/"
    assert elsewhere.get("/accounts/profile/").status_code == 302


def test_the_link_works_for_a_minute(
    tan: Person, shaoyang: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    host, path = leave_for(signed_in("tan"), shaoyang)
    later = signing.time.time() + 61
    monkeypatch.setattr(signing.time, "time", lambda: later)
    late = Client(HTTP_HOST=host)
    assert late.get(path).headers["Location"] == "/accounts/login/"


def test_the_link_of_a_person_who_was_made_inactive_signs_nobody_in(tan: Person, shaoyang: Any, signed_in: Any) -> None:
    host, path = leave_for(signed_in("tan"), shaoyang)
    Person.objects.filter(pk=tan.pk).update(is_active=False)
    there = Client(HTTP_HOST=host)
    there.get(path)
    assert there.get("/").status_code == 302


def test_a_person_cannot_change_to_where_they_have_no_role(shaoyang: Any, signed_in: Any) -> None:
    assert signed_in("peng").get(f"/accounts/switch/chamber/{shaoyang.pk}/").status_code == 404
    assert signed_in("peng").get("/accounts/switch/site/site/").status_code == 404


def test_a_role_that_was_taken_back_is_not_offered_any_more(tan: Person, shaoyang: Any, signed_in: Any) -> None:
    Appointment.objects.get(person=tan, chamber=shaoyang, ended_at=None).end()
    assert signed_in("tan").get(f"/accounts/switch/chamber/{shaoyang.pk}/").status_code == 404


def test_somebody_who_is_not_signed_in_is_offered_nothing(shaoyang: Any) -> None:
    assert Client(HTTP_HOST="changde.localhost").get(f"/accounts/switch/chamber/{shaoyang.pk}/").status_code == 404


def test_a_coordinator_and_an_operator_find_their_places(hunan: Any, signed_in: Any) -> None:
    assert "在陕湘籍商会联席会议" in signed_in("lian").get("/").content.decode()
    operator = signed_in("operator")
    assert operator.get("/accounts/switch/site/site/").headers["Location"].startswith("http://localhost")
