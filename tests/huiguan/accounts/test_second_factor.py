"""The second factor: switched on by scanning a code, asked for when signing in, a code never good twice."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from huiguan.accounts.models import Person
from tests.support import cast


class Telephone:
    """An authenticator app. Its clock is the test's."""

    def __init__(self, secret: str = "") -> None:
        self.secret, self.step = secret, 58_000_000

    def code(self) -> str:
        return totp.format_hotp_value(totp.hotp_value(self.secret, self.step))


@pytest.fixture
def telephone(monkeypatch: pytest.MonkeyPatch) -> Telephone:
    phone = Telephone()
    monkeypatch.setattr(totp.time, "time", lambda: float(phone.step * 30))
    return phone


@pytest.fixture
def with_totp(db: None, telephone: Telephone) -> Telephone:
    """谭一鸣 has switched it on."""
    telephone.secret = totp.generate_totp_secret()
    totp.TOTP.activate(Person.objects.get(email=cast.email("tan")), telephone.secret)
    return telephone


def test_a_person_switches_it_on_by_the_page(visitor: Any, sign_in_by_page: Any, telephone: Telephone) -> None:
    browser = visitor("changde")
    sign_in_by_page(browser, "tan")
    assert browser.get("/accounts/mfa/").status_code == 200
    asked = browser.get("/accounts/mfa/totp/activate/")
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/"), "the password is asked for once more"
    again = {"password": cast.PASSWORD, "next": "/accounts/mfa/totp/activate/"}
    page = browser.post("/accounts/reauthenticate/", again, follow=True)
    telephone.secret = re.search(r"\b[A-Z2-7]{32}\b", page.content.decode()).group()  # type: ignore[union-attr]
    wrong = browser.post("/accounts/mfa/totp/activate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert not Authenticator.objects.exists()
    browser.post("/accounts/mfa/totp/activate/", {"code": telephone.code()})
    assert Authenticator.objects.filter(user__email=cast.email("tan"), type="totp").exists()
    codes = browser.get("/accounts/mfa/recovery-codes/")
    assert codes.status_code == 200


def test_signing_in_asks_for_the_code(visitor: Any, sign_in_by_page: Any, with_totp: Telephone) -> None:
    browser = visitor("changde")
    answer = sign_in_by_page(browser, "tan")
    assert answer.headers["Location"].startswith("/accounts/mfa/authenticate/")
    assert browser.get("/").status_code == 302, "the password alone is not enough"
    assert browser.get("/accounts/mfa/authenticate/").status_code == 200
    assert browser.post("/accounts/mfa/authenticate/", {"code": "000000"}).status_code == 200
    assert browser.get("/").status_code == 302
    assert browser.post("/accounts/mfa/authenticate/", {"code": with_totp.code()}).status_code == 302
    assert browser.get("/").status_code == 200


def test_a_code_is_good_once_even_on_another_host(visitor: Any, sign_in_by_page: Any, with_totp: Telephone) -> None:
    first, second = visitor("changde"), visitor("shaoyang")
    for browser in (first, second):
        sign_in_by_page(browser, "tan")
        browser.post("/accounts/mfa/authenticate/", {"code": with_totp.code()})
    assert first.get("/").status_code == 200
    assert second.get("/accounts/profile/").status_code == 302
    with_totp.step += 1
    second.post("/accounts/mfa/authenticate/", {"code": with_totp.code()})
    assert second.get("/").status_code == 403, "signed in, but without a role there"


def test_codes_cannot_be_guessed_one_after_the_other(visitor: Any, sign_in_by_page: Any, with_totp: Telephone) -> None:
    browser = visitor("changde")
    sign_in_by_page(browser, "tan")
    for number in range(12):
        browser.post("/accounts/mfa/authenticate/", {"code": f"{number:06}"})
    browser.post("/accounts/mfa/authenticate/", {"code": with_totp.code()})
    assert browser.get("/").status_code == 302


def test_an_invitation_is_no_way_past_the_second_factor(
    visitor: Any, sign_in_by_page: Any, with_totp: Telephone
) -> None:
    from huiguan.accounts.actions import invitation_path, invite
    from tests.conftest import host_of

    there = host_of("dai")
    made = invite(
        host=there, host_name="shaoyang.localhost", place_name="邵阳", invited_by="", name="谭一鸣",
        email=cast.email("tan"), role="officer",
    )  # fmt: skip
    browser, path = visitor("shaoyang"), invitation_path(made, there)
    browser.post(path, {"password": cast.PASSWORD})
    sign_in_by_page(browser, "tan", next=path)
    assert browser.get("/accounts/profile/").status_code == 302
    browser.post("/accounts/mfa/authenticate/", {"code": with_totp.code()})
    browser.post(path)
    assert browser.get("/").status_code == 200
