"""People, how they sign in, and their roles."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "huiguan.accounts"
    label = "accounts"
