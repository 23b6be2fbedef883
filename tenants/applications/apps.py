"""Applications to become a member 入会申请. [S1]"""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "tenants.applications"
    label = "applications"
