"""Where one is signed in: seen and ended by oneself alone; and a session that nobody used has ended."""

import datetime
import re
from typing import Any

import pytest
from django.utils.timezone import now

from huiguan.accounts.models import Session
from huiguan.accounts.signed_in import device_in_words

PAGE = "/accounts/sessions/"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"


def set_back(browser: Any, **ago: datetime.timedelta) -> None:
    session = browser.session
    for name, time in ago.items():
        session[name] = (now() - time).isoformat()
    session.save()


def row(browser: Any) -> Session:
    return Session.objects.get(session_key=browser.session.session_key)


def test_nobody_ends_the_session_of_somebody_else(signed_in: Any) -> None:
    mine, theirs = signed_in("tan"), signed_in("qin")
    assert mine.post(f"{PAGE}{row(theirs).name}/end/").status_code == 404
    mine.post(f"{PAGE}others/end/")
    assert theirs.get("/").status_code == 200
    assert row(theirs).name not in mine.get(PAGE).content.decode()


def test_the_page_does_not_give_away_what_opens_a_session(signed_in: Any) -> None:
    here, there = signed_in("tan"), signed_in("tan")
    page = here.get(PAGE).content.decode()
    assert row(there).name in page
    assert here.session.session_key not in page and there.session.session_key not in page


@pytest.mark.parametrize(("hours", "goes_on"), [(1.9, True), (2.1, False)])
def test_a_session_ends_when_nobody_has_used_it_for_two_hours(signed_in: Any, hours: float, goes_on: bool) -> None:
    browser = signed_in("tan")
    key = browser.session.session_key
    set_back(browser, used=datetime.timedelta(hours=hours), began=datetime.timedelta(hours=hours))
    assert (browser.get("/").status_code == 200) == goes_on
    assert Session.objects.filter(session_key=key).exists() == goes_on


def test_a_session_that_is_used_all_day_ends_twelve_hours_after_signing_in(signed_in: Any) -> None:
    browser = signed_in("tan")
    set_back(browser, began=datetime.timedelta(hours=12, minutes=1))
    assert browser.get("/").status_code == 302


def test_use_is_noted_every_few_minutes_and_not_with_each_page(signed_in: Any) -> None:
    browser = signed_in("tan")
    before = row(browser).used_at
    browser.get("/", headers={"User-Agent": WINDOWS})
    assert row(browser).used_at == before
    set_back(browser, used=datetime.timedelta(minutes=6))
    browser.get("/", headers={"User-Agent": WINDOWS})
    assert (row(browser).used_at > before, row(browser).device) == (True, "Chrome · Windows")


def test_a_person_signs_out_elsewhere_one_place_or_all(visitor: Any, sign_in_by_page: Any) -> None:
    here, phone, office = (visitor("changde") for _number in range(3))
    for browser in (here, phone, office):
        sign_in_by_page(browser, "tan")
    assert len(re.findall("/end/", here.get(PAGE).content.decode())) == 3
    here.post(f"{PAGE}{row(phone).name}/end/")
    assert [b.get("/").status_code for b in (here, phone, office)] == [200, 302, 200]
    here.post(f"{PAGE}others/end/")
    assert [b.get("/").status_code for b in (here, office)] == [200, 302]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("", ""),
        ("curl/8", ""),
        (WINDOWS + " Edg/130.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0", "WeChat · iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile", "Chrome · Android"),
    ],
)
def test_a_device_is_told_in_words(agent: str, words: str) -> None:
    assert device_in_words(agent) == words
