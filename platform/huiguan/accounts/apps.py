"""People, how they sign in, and their roles."""

from django.apps import AppConfig
from django.core.cache import caches
from django.utils.connection import ConnectionProxy


class AccountsConfig(AppConfig):
    name = "huiguan.accounts"
    label = "accounts"

    def ready(self) -> None:
        """allauth counts in the default cache, which is each place's own: attempts are counted for all together."""
        from allauth.core.internal import ratelimit

        ratelimit.cache = ConnectionProxy(caches, "shared")
