"""Everything that is sent to a person outside the house."""

from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    name = "huiguan.deliveries"
    label = "deliveries"
