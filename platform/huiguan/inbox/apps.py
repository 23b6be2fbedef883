"""What the federation has received."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "huiguan.inbox"
    label = "inbox"
