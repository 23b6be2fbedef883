"""Whoever writes waits in one place, before any row: two people's work at the same moment never locks each other up."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError

from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.binding import in_chamber
from tenants.members.models import Group, Member
from tests.conftest import chamber
from tests.support.threads import together, wait_until_somebody_waits


def edit(member: Member) -> None:
    member.remarks = "乙"
    member.save()


CHANGES: dict[str, Callable[[Member], Any]] = {
    "save": edit,
    "update": lambda member: Member.objects.filter(pk=member.pk).update(remarks="乙"),
    "move": lambda member: member.leave(reason="歇业"),
    "delete": lambda member: member.delete(),
    "delete many": lambda member: Member.objects.filter(pk=member.pk).delete(),
    "create": lambda member: Group.objects.create(name="同名组"),
    "create many": lambda member: Group.objects.bulk_create([Group(name="同名组")], ignore_conflicts=True),
}


@pytest.mark.parametrize("change", list(CHANGES))
def test_two_who_touch_the_same_record_after_others_wait_in_turn(own_database: str, change: str) -> None:
    here = chamber("changde")
    with acting_as(SYSTEM), in_chamber(here):
        member = Member.objects.create(name="湘味餐饮")
    has_written = threading.Event()

    def first() -> None:
        """Something of their own, then what the other is about to change."""
        with in_chamber(here):
            Group.objects.create(name="一组")
            has_written.set()
            wait_until_somebody_waits()
            Group.objects.bulk_create([Group(name="同名组")], ignore_conflicts=True)
            Member.objects.filter(pk=member.pk).update(region="雁塔区")

    def second() -> None:
        has_written.wait(timeout=10)
        with in_chamber(here):
            CHANGES[change](Member.objects.get(pk=member.pk))

    def work(job: Callable[[], None]) -> None:
        with acting_as(SYSTEM):
            job()

    outcomes = together(work, [first, second])
    assert [o for o in outcomes if isinstance(o, OperationalError)] == []
