"""A chamber's audit trail."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "huiguan.audit"
    label = "audit"
