"""The sharing ledger: every message that leaves a chamber's schema."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "huiguan.outbox"
    label = "outbox"
