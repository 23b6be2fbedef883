"""Liaison meetings: the series, their numbered sessions, and what became of them. [F2]"""

from django.apps import AppConfig


class LiaisonConfig(AppConfig):
    name = "federation.liaison"
    label = "liaison"
