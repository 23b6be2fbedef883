"""The chamber's side of notices and data calls: what is asked of it, what it signed. [F3]"""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "tenants.reporting"
    label = "reporting"
