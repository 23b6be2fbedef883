"""A session is for one host, and no longer than the person holds a role there (goal G17)."""

from typing import Any

import pytest
from django.test import Client

from huiguan.accounts.models import Appointment, Person
from huiguan.tenancy.models import Chamber
from tests.support import cast

HOSTS = ("shaoyang", "hunan", "")


def appointment(key: str) -> Appointment:
    return Appointment.objects.get(person__email=cast.email(key), ended_at=None)


@pytest.mark.parametrize("slug", HOSTS)
def test_a_session_replayed_on_another_host_is_nobodys(signed_in: Any, slug: str) -> None:
    cookie = signed_in("qin").cookies["session"].value
    thief = Client(HTTP_HOST=f"{slug}.localhost" if slug else "localhost")
    thief.cookies["session"] = cookie
    page = thief.get("/accounts/profile/")
    assert (page.status_code, page.headers["Location"].split("?")[0]) == (302, "/accounts/login/")
    thief.cookies["session"] = cookie
    assert "秦若兰" not in thief.get("/accounts/login/").content.decode()
    own = Client(HTTP_HOST="changde.localhost")
    own.cookies["session"] = cookie
    assert own.get("/").status_code == 200, "its own host lost it"


def test_a_session_without_a_host_is_nobodys(signed_in: Any) -> None:
    browser = signed_in("qin")
    session = browser.session
    del session["host"]
    session.save()
    assert browser.get("/").status_code == 302


def test_the_cookie_belongs_to_one_host_and_no_script(visitor: Any, sign_in_by_page: Any) -> None:
    cookie = sign_in_by_page(visitor("changde"), "qin").cookies["session"]
    assert (cookie["domain"], cookie["path"], cookie["samesite"], cookie["httponly"]) == ("", "/", "Lax", True)


def test_a_person_without_a_role_here_gets_a_page_that_says_so(signed_in: Any) -> None:
    answer = signed_in("nie", host="changde").get("/")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "您在这里没有职务" in page
    assert "/accounts/logout/" in page
    assert "/members/" not in page


def test_a_person_without_a_role_here_can_go_where_they_have_one(signed_in: Any) -> None:
    browser = signed_in("nie", host="changde")
    home = Chamber.objects.get(slug="shaoyang")
    assert f"/accounts/switch/chamber/{home.pk}/" in browser.get("/").content.decode()
    answer = browser.get(f"/accounts/switch/chamber/{home.pk}/")
    assert answer.headers["Location"].startswith("http://shaoyang.localhost")


def test_a_role_that_was_taken_back_is_gone_with_the_next_request(signed_in: Any) -> None:
    browser = signed_in("tan")
    assert browser.get("/members/member/").status_code == 200
    appointment("tan").end()
    assert browser.get("/members/member/").status_code == 403


def test_a_lesser_role_counts_from_the_next_request(signed_in: Any) -> None:
    from huiguan.accounts.actions import change_role

    browser = signed_in("tan")
    assert browser.get("/members/member/new/").status_code == 200
    change_role(appointment("tan"), "president")
    assert browser.get("/members/member/new/").status_code == 403
    assert browser.get("/members/member/").status_code == 200


def test_a_person_who_was_made_inactive_is_nobody_with_the_next_request(signed_in: Any) -> None:
    browser = signed_in("tan")
    Person.objects.filter(email=cast.email("tan")).update(is_active=False)
    assert browser.get("/").status_code == 302


def test_a_changed_password_ends_the_sessions_that_began_with_the_old_one(signed_in: Any) -> None:
    browser = signed_in("tan")
    person = Person.objects.get(email=cast.email("tan"))
    person.set_password("another-horse-battery")
    person.save()
    assert browser.get("/").status_code == 302


def test_a_role_in_a_suspended_chamber_counts_nowhere(signed_in: Any) -> None:
    from huiguan.tenancy import hosts

    changde = Chamber.objects.get(slug="changde")
    browser = signed_in("tan")
    Chamber.objects.filter(pk=changde.pk).update(status=Chamber.Status.SUSPENDED)
    hosts.forget_chamber(changde)
    assert browser.get("/").status_code == 404


def test_an_unknown_a_reserved_and_a_suspended_host_answer_alike(changde: Any) -> None:
    """Goal G16: nobody learns from outside which chambers exist."""
    Chamber.objects.filter(pk=changde.pk).update(status=Chamber.Status.SUSPENDED)
    pages = [Client(HTTP_HOST=f"{slug}.localhost").get("/") for slug in ("changde", "nowhere", "admin")]
    assert {p.status_code for p in pages} == {404}
    assert len({p.content for p in pages}) == 1


def test_the_language_is_kept_in_a_cookie_of_the_host(visitor: Any) -> None:
    browser = visitor("changde")
    answer = browser.post("/accounts/language/", {"language": "en", "next": "/accounts/login/"})
    assert (answer.headers["Location"], answer.cookies["django_language"].value) == ("/accounts/login/", "en")
    assert answer.cookies["django_language"]["domain"] == ""
    assert "Sign in" in browser.get("/accounts/login/").content.decode()
    browser.post("/accounts/language/", {"language": "zh-hant"})
    page = browser.get("/accounts/login/")
    assert (page.headers["Content-Language"], 'lang="zh-Hant"' in page.content.decode()) == ("zh-hant", True)


def test_an_unknown_language_is_not_kept(visitor: Any) -> None:
    browser = visitor("changde")
    assert "django_language" not in browser.post("/accounts/language/", {"language": "xx"}).cookies
    browser.cookies["django_language"] = "xx"
    assert browser.get("/accounts/login/").headers["Content-Language"] == "zh-hans"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "\\\\evil.example", "http:///evil"])
def test_choosing_a_language_leads_to_no_other_site(visitor: Any, target: str) -> None:
    answer = visitor("changde").post("/accounts/language/", {"language": "en", "next": target})
    assert answer.headers["Location"] == "/"
