"""The app of the checks."""

from django.apps import AppConfig


class VerifyingConfig(AppConfig):
    name = "huiguan.verifying"
    label = "verifying"
