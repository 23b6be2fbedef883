"""How sign-in behaves here: nobody signs up without an invitation, and no host gives a guesser fresh attempts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from huiguan.accounts.devices import device_of, remember_device


class InvitationOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by accepting an invitation, or by opening a chamber."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def is_safe_url(self, url: str) -> bool:
        """Another chamber's host is another site."""
        here = context.request
        return url_has_allowed_host_and_scheme(url, {here.get_host()}, require_https=here.is_secure())

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """The library counts for each host by itself: a guesser would have as many attempts as there are chambers.

        Whoever signs in from a browser that is known is counted apart from the strangers (`devices`).
        """
        email = str(credentials.get("email", "")).lower()
        device = device_of(request, email)
        return f"{email} {device}" if device else email

    def post_login(self, request: HttpRequest, user: Any, **told: Any) -> Any:
        response = super().post_login(request, user, **told)
        remember_device(request, response, user.email)
        return response
