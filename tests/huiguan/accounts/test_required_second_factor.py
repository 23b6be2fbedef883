"""A role that must have a second factor: who has none sets it up before anything else, once their time is over."""

import datetime
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.utils.timezone import now

from huiguan.accounts.models import Person, SecondFactorRule
from huiguan.accounts.second_factor import require_second_factor, without_second_factor
from tests.conftest import host_of
from tests.support import cast

WEEKS = datetime.timedelta(days=14)
WAY_IN = "/accounts/second-factor/"
PAGE = "/people/second-factor/"


@pytest.fixture
def required(changde: Any) -> None:
    """Of officers, and the time of those who are there is over."""
    require_second_factor(host=host_of("tan"), roles=["officer"], grace=WEEKS)
    time_goes_by()


def time_goes_by() -> None:
    from huiguan.accounts.models import Appointment

    long_ago = now() - WEEKS - datetime.timedelta(days=1)
    SecondFactorRule.objects.update(since=long_ago)
    Appointment.objects.update(created_at=long_ago)


def set_up(key: str) -> None:
    totp.TOTP.activate(Person.objects.get(email=cast.email(key)), totp.generate_totp_secret())


def leads_to(answer: Any) -> str:
    return str(answer.headers.get("Location", answer.status_code))


def test_only_who_gives_roles_says_who_must_have_one(signed_in: Any) -> None:
    assert signed_in("tan").get(PAGE).status_code == 403
    assert signed_in("tan").post(PAGE, {"roles": ["officer"], "days": 14}).status_code == 403
    assert not SecondFactorRule.objects.exists()


def test_a_role_of_another_kind_of_place_and_no_time_at_all_are_refused(signed_in: Any) -> None:
    for wrong in ({"roles": ["coordinator"], "days": 14}, {"roles": ["officer"], "days": 0}):
        assert signed_in("qin").post(PAGE, wrong).status_code == 200
    assert not SecondFactorRule.objects.exists()


def test_whoever_must_have_one_and_has_none_comes_to_no_page_but_the_way_in(required: None, signed_in: Any) -> None:
    browser = signed_in("tan")
    for path in ("/", "/members/member/", "/members/member/export/", "/search/?q=x"):
        assert leads_to(browser.get(path)) == WAY_IN, path
    assert leads_to(browser.post("/members/member/new/", {"name": "某商行"})) == WAY_IN
    for path in (WAY_IN, "/accounts/profile/", "/accounts/mfa/"):
        assert browser.get(path).status_code == 200, path
    set_up("tan")
    assert browser.get("/members/member/").status_code == 200, "with the next request"
    assert leads_to(browser.get(WAY_IN)) == "/"


def test_others_go_on_as_before(required: None, signed_in: Any) -> None:
    for key in ("qin", "gu", "dai", "nie", "lian"):
        assert signed_in(key).get("/").status_code == 200, key


def test_there_is_time_and_a_word_on_each_page_and_for_who_is_new_from_their_first_day(signed_in: Any) -> None:
    signed_in("qin").post(PAGE, {"roles": ["officer"], "days": 14})
    page = signed_in("tan").get("/members/member/")
    assert page.status_code == 200
    assert "/accounts/mfa/" in page.content.decode()
    time_goes_by()
    from huiguan.accounts.actions import appoint

    appoint(person=Person.objects.get(email=cast.email("tan")), role="officer", chamber=host_of("tan").chamber)
    assert signed_in("tan").get("/members/member/").status_code == 200


def test_longer_time_does_not_help_who_is_late_and_a_role_that_is_left_out_is_free(signed_in: Any) -> None:
    administrator = signed_in("qin")
    administrator.post(PAGE, {"roles": ["officer"], "days": 3})
    time_goes_by()
    administrator.post(PAGE, {"roles": ["officer", "treasurer"], "days": 30})
    assert leads_to(signed_in("tan").get("/")) == WAY_IN
    administrator.post(PAGE, {"roles": ["treasurer"], "days": 30})
    assert signed_in("tan").get("/").status_code == 200


def test_a_federation_asks_its_own(hunan: Any, signed_in: Any) -> None:
    signed_in("lian").post(PAGE, {"roles": ["coordinator", "delegate"], "days": 14})
    time_goes_by()
    assert leads_to(signed_in("qiao").get("/")) == WAY_IN
    assert signed_in("tan").get("/").status_code == 200


def test_an_operator_must_have_one_where_the_house_says_so(signed_in: Any, settings: Any) -> None:
    Person.objects.filter(email=cast.email("operator")).update(created_at=now() - WEEKS)
    assert signed_in("operator").get("/billing/").status_code == 200
    settings.OPERATORS_NEED_SECOND_FACTOR = True
    assert leads_to(signed_in("operator").get("/billing/")) == WAY_IN


def test_the_page_says_who_has_none_and_not_of_other_chambers(signed_in: Any) -> None:
    set_up("qin")
    signed_in("qin").post(PAGE, {"roles": ["officer"], "days": 14})
    page = signed_in("qin").get(PAGE).content.decode()
    assert "谭一鸣" in page and "聂长风" not in page
    names = [str(each.person) for each, _by in without_second_factor(host_of("qin"))]
    assert "秦若兰" not in names and set(names[:2]) == {"彭小满", "谭一鸣"}, "who must stands first"
