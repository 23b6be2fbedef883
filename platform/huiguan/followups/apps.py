"""What was promised to be done for a record."""

from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    name = "huiguan.followups"
    label = "followups"
