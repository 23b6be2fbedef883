"""Notices and data calls 通知与报送: what a federation asks of its chambers, and their signed answers. [F3]"""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "federation.calls"
    label = "calls"
