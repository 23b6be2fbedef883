"""Access log, export and erasure of personal information."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "huiguan.privacy"
    label = "privacy"
