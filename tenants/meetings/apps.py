"""The chamber's side of liaison meetings: what is asked of it, what it says, what it took on. [F2]"""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "tenants.meetings"
    label = "meetings"
