"""Billing among the apps; answers what a chamber's plan allows."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BillingConfig(AppConfig):
    name = "billing"
    verbose_name = _("Billing")

    def ready(self) -> None:
        from billing import entitlements
        from huiguan.entitlements import register_answerer, register_gauge

        register_answerer(entitlements)
        register_gauge("seats.add", entitlements.count_seats)
