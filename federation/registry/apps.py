"""The federation's register: its member chambers, the sharing agreement, the directory."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "federation.registry"
    label = "registry"
