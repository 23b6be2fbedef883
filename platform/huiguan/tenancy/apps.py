"""Chambers, their hosts, and the only ways into their schemas."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "huiguan.tenancy"
    label = "tenancy"
