"""Signed links: good for one purpose, on one host, for a while; anything else is refused alike (goal G17)."""

import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core import signing

from huiguan import links
from huiguan.links import BadLink, read, read_key, sign, sign_key

ROOT = Path(__file__).resolve().parents[2]
HOUR = 3600
OURS = ("platform", "tenants", "federation", "billing", "api")


def test_a_link_gives_back_what_it_binds() -> None:
    token = sign("download", "host", file="f1", page=2)
    assert read("download", "host", token, seconds=HOUR) == {"file": "f1", "page": 2}


@pytest.mark.parametrize(
    ("purpose", "host"), [("invitation", "host"), ("download", "other"), ("download:host", ""), ("", "download:host")]
)
def test_a_link_is_worth_nothing_for_another_purpose_or_host(purpose: str, host: str) -> None:
    token = sign("download", "host", file="f1")
    with pytest.raises(BadLink):
        read(purpose, host, token, seconds=HOUR)


def test_a_link_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    token, began = sign("download", "host", file="f1"), signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: began + HOUR - 1)
    assert read("download", "host", token, seconds=HOUR)
    monkeypatch.setattr(signing.time, "time", lambda: began + HOUR + 1)
    with pytest.raises(BadLink):
        read("download", "host", token, seconds=HOUR)


def test_a_link_that_was_altered_is_refused() -> None:
    token = sign("download", "host", file="f1")
    for forged in (token[:-1], token + "x", token.replace(":", "::", 1), "x" + token, "", "a:b:c", "\x00", "字"):
        with pytest.raises(BadLink):
            read("download", "host", forged, seconds=HOUR)


def test_a_purpose_and_a_host_cannot_be_shifted_into_each_other() -> None:
    """`a` on `b:c` is not `a:b` on `c`."""
    token = sign("a", "b:c", x=1)
    with pytest.raises(BadLink):
        read("a:b", "c", token, seconds=HOUR)


def test_an_old_key_that_was_replaced_signs_nothing(settings: Any) -> None:
    token = sign("download", "host", file="f1")
    settings.SECRET_KEY = "another-key-" * 5
    with pytest.raises(BadLink):
        read("download", "host", token, seconds=HOUR)


KEY = uuid.UUID("019ab000-0000-7000-8000-000000000001")


def test_a_short_link_gives_back_its_key_and_fits_into_a_text_message() -> None:
    token = sign_key("optout", "host", KEY)
    assert (read_key("optout", "host", token), len(token)) == (KEY, 35)


@pytest.mark.parametrize(("purpose", "host"), [("other", "host"), ("optout", "other"), ("optout:host", "")])
def test_a_short_link_is_worth_nothing_for_another_purpose_or_host(purpose: str, host: str) -> None:
    with pytest.raises(BadLink):
        read_key(purpose, host, sign_key("optout", "host", KEY))


def test_a_short_link_that_was_altered_is_refused() -> None:
    token = sign_key("optout", "host", KEY)
    for place in range(len(token)):
        forged = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(BadLink):
            read_key("optout", "host", forged)
    for forged in (
        token[:-1],
        token + "A",
        token + "=",
        f" {token}",
        "",
        "A" * 35,
        "字" * 35,
        "\x00",
        token.encode().hex(),
    ):
        with pytest.raises(BadLink):
            read_key("optout", "host", forged)


def test_a_short_link_outlives_a_change_of_the_key_for_as_long_as_the_old_one_is_kept(settings: Any) -> None:
    """Who was offered a way to opt out last year must still find it."""
    token, old = sign_key("optout", "host", KEY), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key-" * 5, [old]
    assert read_key("optout", "host", token) == KEY
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(BadLink):
        read_key("optout", "host", token)


def test_nothing_is_signed_but_by_the_one_helper() -> None:
    """A new kind of credential must bind its purpose and its host, and be named here with its test."""
    known = {"invitation", "enter", "file", "optout"}
    found, elsewhere = set(), []
    for folder in OURS:
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text()
            found |= set(re.findall(r"links\.(?:sign|read)(?:_key)?\(\s*\"(\w+)\"", text))
            if (
                "django.core import signing" in text
                or "TimestampSigner" in text
                or "signing.dumps" in text
                or "salted_hmac" in text
            ):
                elsewhere.append(str(path.relative_to(ROOT)))
    assert found == known
    assert elsewhere == [str(Path(links.__file__).relative_to(ROOT))]
