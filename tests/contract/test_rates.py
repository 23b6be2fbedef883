"""Whoever guesses links is stopped: no public page with a token in its address can be asked for without end."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from huiguan import access, rates


def public_by_token(patterns: Any, prefix: str = "/") -> Iterator[str]:
    for each in patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from public_by_token(each.url_patterns, route)
        elif "<str:token>" in route and access.permission_of(each.callback) == access.PUBLIC:
            yield route.replace("<str:token>", "x").replace("<slug:to>", "y")


PAGES = sorted(public_by_token(get_resolver("huiguan.urls_chamber").url_patterns))


@pytest.mark.parametrize("url", PAGES)
def test_a_public_page_with_a_token_is_not_asked_for_without_end(db: None, monkeypatch: Any, url: str) -> None:
    monkeypatch.setattr(rates, "is_within", lambda *given, **rate: False)
    browser = Client(HTTP_HOST="changde.localhost")
    answers = [browser.get(url), browser.post(url)]
    assert 429 in {answer.status_code for answer in answers}
    assert {answer.status_code for answer in answers} <= {429, 405}


def test_there_are_such_pages() -> None:
    assert {"/benefits/c/x/", "/value/r/x/", "/own/e/x", "/applications/progress/x/"} <= set(PAGES)


def test_one_address_is_stopped_and_another_is_not(db: None) -> None:
    """A rate is counted by the address, and the page that says so is one that people can read."""
    url = "/own/e/x"
    for _time in range(40):
        assert Client(HTTP_HOST="changde.localhost", REMOTE_ADDR="10.0.0.7").get(url).status_code == 404
    stopped = Client(HTTP_HOST="changde.localhost", REMOTE_ADDR="10.0.0.7").get(url)
    assert (stopped.status_code, stopped.headers["Cache-Control"]) == (429, "no-store")
    assert "请过几分钟再打开" in stopped.content.decode()
    assert Client(HTTP_HOST="changde.localhost", REMOTE_ADDR="10.0.0.8").get(url).status_code == 404
