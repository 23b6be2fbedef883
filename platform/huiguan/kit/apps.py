"""Makes the kit's tags known to Django."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "huiguan.kit"
    label = "kit"
