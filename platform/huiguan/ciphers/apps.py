"""Keys of chambers and the fields that they encrypt."""

from django.apps import AppConfig


class CiphersConfig(AppConfig):
    name = "huiguan.ciphers"
    label = "ciphers"
