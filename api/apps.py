"""The REST API for partners: clients, grants, the grantor's log, and routes built from the registry."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"
    label = "api"
