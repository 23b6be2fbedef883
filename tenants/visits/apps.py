"""Visits to members 走访. [S1]"""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "tenants.visits"
    label = "visits"
