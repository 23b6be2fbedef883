"""The Django app that brings the command `messages`."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    """Its label is not `messages`, which Django's own app has taken."""

    name = "huiguan.texts"
    label = "texts"
