"""Members of the chamber: enterprises, individuals, households and groups. [S1]"""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "tenants.members"
    label = "members"

    def ready(self) -> None:
        from huiguan.entitlements import register_gauge

        register_gauge("members.add", _count)


def _count() -> int:
    from tenants.members.models import Member

    return int(Member.objects.active().count())
