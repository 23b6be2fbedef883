"""A browser on a chamber's host that nobody has signed in with yet."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.support import cast

Answer = Any


@pytest.fixture
def visitor(db: None) -> Callable[..., Client]:
    """`visitor("changde")`: somebody unknown at the door; without a slug at the site's."""

    def make(slug: str = "", **extra: Any) -> Client:
        return Client(HTTP_HOST=f"{slug}.localhost" if slug else "localhost", **extra)

    return make


@pytest.fixture
def sign_in_by_page() -> Callable[..., Answer]:
    """Types an address and a password into the page; the answer."""

    def sign_in(browser: Client, who: str, password: str = cast.PASSWORD, **more: str) -> Answer:
        address = who if "@" in who else cast.email(who)
        return browser.post("/accounts/login/", {"login": address, "password": password, **more})

    return sign_in
