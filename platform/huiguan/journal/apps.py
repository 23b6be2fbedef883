"""The audit trail of the federation and the site."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "huiguan.journal"
    label = "journal"
