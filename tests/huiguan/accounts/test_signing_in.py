"""Signing in: on one's chamber's host, without telling strangers who exists, and only so many guesses (goal G15)."""

import re
from typing import Any

import pytest
from django.core.cache import caches

from huiguan.accounts.models import Person
from tests.support import cast


def test_a_person_signs_in_on_their_chambers_host_and_sees_todays_work(visitor: Any, sign_in_by_page: Any) -> None:
    browser = visitor("changde")
    assert browser.get("/accounts/login/").status_code == 200
    answer = sign_in_by_page(browser, "qin")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    page = browser.get("/").content.decode()
    assert "秦若兰" in page
    assert "西安市常德商会" in page


def test_an_address_is_the_same_however_it_is_capitalised(visitor: Any, sign_in_by_page: Any) -> None:
    assert sign_in_by_page(visitor("changde"), "QIN@Example.com").status_code == 302


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(visitor: Any, sign_in_by_page: Any) -> None:
    answers = [
        sign_in_by_page(visitor("changde", REMOTE_ADDR=f"198.51.100.{n}"), who, "wrong-password")
        for n, who in enumerate(("qin", "nobody", "dai"))
    ]
    assert {a.status_code for a in answers} == {200}
    assert len({neutral(a) for a in answers}) == 1
    assert all("session" not in a.cookies for a in answers)


def neutral(answer: Any) -> str:
    """A page without what differs on every request."""
    page = re.sub(r'value="[^"]*@[^"]*"', "", answer.content.decode())
    return re.sub(r'(csrfmiddlewaretoken" value|nonce|X-CSRFToken"?:?)[="\s]+"?[\w=+/-]+', "", page)


def test_a_person_who_was_made_inactive_cannot_sign_in(visitor: Any, sign_in_by_page: Any) -> None:
    Person.objects.filter(email=cast.email("qin")).update(is_active=False)
    browser = visitor("changde")
    sign_in_by_page(browser, "qin")
    assert browser.get("/").status_code == 302


def test_guesses_at_one_account_are_counted_over_all_hosts_and_addresses(visitor: Any, sign_in_by_page: Any) -> None:
    for number in range(5):
        host = ("changde", "shaoyang", "hunan", "")[number % 4]
        browser = visitor(host, REMOTE_ADDR=f"198.51.100.{number}")
        assert "次数" not in sign_in_by_page(browser, "qin", f"guess-{number}").content.decode()
    browser = visitor("changde", REMOTE_ADDR="198.51.100.99")
    assert "次数" in sign_in_by_page(browser, "qin").content.decode()
    assert browser.get("/").status_code == 302
    assert sign_in_by_page(visitor("changde", REMOTE_ADDR="198.51.100.98"), "tan").status_code == 302


def test_guesses_from_one_address_are_counted_over_all_hosts_and_accounts(visitor: Any, sign_in_by_page: Any) -> None:
    for number in range(10):
        browser = visitor(("changde", "shaoyang", "hunan", "")[number % 4])
        sign_in_by_page(browser, f"somebody{number}@example.com", "guess")
    browser = visitor("shaoyang")
    sign_in_by_page(browser, "dai")
    assert browser.get("/").status_code == 302


def test_no_account_can_be_guessed_at_more_than_a_hundred_times_a_day(
    visitor: Any, sign_in_by_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NIST SP 800-63B, 5.2.2: at most a hundred failed attempts in a row."""
    from allauth.account import app_settings
    from allauth.core.internal.ratelimit import parse_rates

    per_account = [r for r in parse_rates(app_settings.RATE_LIMITS["login_failed"]) if r.per == "key"]
    assert min(86400 / r.duration * r.amount for r in per_account) <= 100


def test_what_is_counted_is_kept_in_the_cache_that_no_place_has_to_itself(visitor: Any, sign_in_by_page: Any) -> None:
    sign_in_by_page(visitor("changde"), "qin", "guess")
    kept = list(caches["shared"]._cache)  # type: ignore[attr-defined]
    counted = [key for key in kept if "allauth:rl" in key]
    assert counted
    assert all(key.startswith("shared:") for key in counted)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "https://shaoyang.localhost/", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_site(visitor: Any, sign_in_by_page: Any, target: str) -> None:
    browser = visitor("changde")
    answer = sign_in_by_page(browser, "qin", next=target)
    assert answer.headers["Location"] == "/"
    assert target not in browser.get("/accounts/login/", {"next": target}).headers.get("Location", "")


def test_signing_in_leads_on_to_the_page_that_was_asked_for(visitor: Any, sign_in_by_page: Any) -> None:
    browser = visitor("changde")
    asked = browser.get("/members/member/")
    assert asked.headers["Location"] == "/accounts/login/?next=/members/member/"
    assert sign_in_by_page(browser, "qin", next="/members/member/").headers["Location"] == "/members/member/"


def test_nobody_signs_up_without_an_invitation(visitor: Any) -> None:
    browser = visitor("changde")
    given = {"email": "new@example.com", "password1": cast.PASSWORD, "password2": cast.PASSWORD}
    browser.post("/accounts/signup/", given)
    assert not Person.objects.filter(email="new@example.com").exists()


def test_signing_out_takes_a_post_and_ends_the_session(visitor: Any, sign_in_by_page: Any) -> None:
    browser = visitor("changde")
    sign_in_by_page(browser, "qin")
    browser.get("/accounts/logout/")
    assert browser.get("/").status_code == 200
    browser.post("/accounts/logout/")
    assert browser.get("/").status_code == 302
