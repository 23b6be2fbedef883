"""The matching of needs and offers across chambers."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "federation.matching"
    label = "matching"
