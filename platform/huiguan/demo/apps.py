"""The demo federation: the same data for a first look, for tests and for pictures."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "huiguan.demo"
    label = "demo"
