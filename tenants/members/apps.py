"""Members of the chamber: enterprises, individuals, households and groups. [S1]"""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "tenants.members"
    label = "members"
