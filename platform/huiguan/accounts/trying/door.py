"""The sign-in page as a stranger uses it, and how often a password was really looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.test import Client

LOGIN = "/accounts/login/"


class Stranger:
    """One browser for all hosts and addresses; `device` is a cookie that it shows."""

    def __init__(self, device: str = "") -> None:
        self.client, self.device = Client(), device

    def sign_in(self, host: str, email: str, password: str, address: str) -> Any:
        self.client.cookies.clear()
        if self.device:
            self.client.cookies[settings.DEVICE_COOKIE_NAME] = self.device
        given = {"login": email, "password": password}
        from_there: dict[str, Any] = {"REMOTE_ADDR": address, "HTTP_X_FORWARDED_FOR": address}
        return self.client.post(LOGIN, given, secure=settings.TLS, HTTP_HOST=host, **from_there)


class Evaluated:
    """Counts the guesses of which the password was looked at."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, **_signal: Any) -> None:
        self.number += 1


@contextmanager
def evaluated() -> Iterator[Evaluated]:
    counter = Evaluated()
    user_login_failed.connect(counter)
    try:
        yield counter
    finally:
        user_login_failed.disconnect(counter)
