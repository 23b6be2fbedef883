"""Members' own pages by signed link."""

from django.apps import AppConfig


class OwnConfig(AppConfig):
    name = "huiguan.own"
    label = "own"
