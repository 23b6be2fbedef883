"""Guessing, short (G15): guesses would be counted, the owner is not shut out, a device is of one person."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password

from huiguan.accounts.models import Person
from huiguan.accounts.trying import guessing
from huiguan.accounts.trying.door import Stranger
from tests.support import cast

SMALL = {"guesses": 12, "addresses": 6, "chambers": 3, "pairs": 1}


@pytest.fixture(autouse=True)
def _quick_hashing(settings: Any) -> None:
    """How many are looked at is counted, and not how long that takes."""
    slow = "django.contrib.auth.hashers.ScryptPasswordHasher"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", slow]


def silent(_text: str) -> None:
    pass


def test_guesses_that_nobody_holds_back_would_be_counted(db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(guessing.ratelimit, "get_rates", lambda **_told: [])
    monkeypatch.setattr(guessing, "MOST_A_DAY", 5)
    monkeypatch.setattr(guessing, "betrayal", lambda *_told: 0)
    result = guessing.guessing(SMALL, silent)
    assert not result.passed and result.figure.startswith("12 of 12 guesses")


def test_guesses_of_a_day_are_held_back_and_the_owner_comes_in(db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(guessing, "DAY", 200)  # so that twelve guesses are within the five minutes of five
    monkeypatch.setattr(guessing, "betrayal", lambda *_told: 0)
    result = guessing.guessing(SMALL, silent)
    assert result.passed and result.figure.startswith("5 of 12 guesses"), result


def test_a_device_is_of_one_person_on_one_host(visitor: Any, sign_in_by_page: Any) -> None:
    """Shown for somebody else, or elsewhere, it gives a guesser nothing."""
    for key in ("tan", "qin"):
        Person.objects.filter(email=cast.email(key)).update(password=make_password(cast.PASSWORD))
    shown = sign_in_by_page(visitor("changde"), "tan").cookies[settings.DEVICE_COOKIE_NAME]
    assert (shown["httponly"], shown["samesite"], "tan" in shown.value) == (True, "Lax", False)
    thief = Stranger(shown.value)
    for number in range(5):
        thief.sign_in("shaoyang.localhost", cast.email("tan"), "guess", f"198.51.100.{number}")
        thief.sign_in("changde.localhost", cast.email("qin"), "guess", f"198.51.101.{number}")
    for host, who in (("shaoyang", "tan"), ("changde", "qin")):
        answer = thief.sign_in(f"{host}.localhost", cast.email(who), cast.PASSWORD, "203.0.113.1")
        assert "次数" in answer.content.decode(), who
    assert thief.sign_in("changde.localhost", cast.email("tan"), cast.PASSWORD, "203.0.113.1").status_code == 302
