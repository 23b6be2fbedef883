"""Dues of the members 会费. [S2; 002 §3; 001: 会费收取问题]"""

from django.apps import AppConfig


class DuesConfig(AppConfig):
    name = "tenants.dues"
    label = "dues"

    def ready(self) -> None:
        from billing.purposes import register_purpose
        from tenants.dues import online

        register_purpose(online.PURPOSE, online.follow)
