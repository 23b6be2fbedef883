"""A clock of our own, a carrier that answers as it is told, and short ways to send and to read the log."""

import datetime
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from huiguan.actors import SYSTEM, Actor, acting_as
from huiguan.deliveries import actions, sending, tasks
from huiguan.deliveries.actions import Recipient, deliver
from huiguan.deliveries.carriers import Letter
from huiguan.deliveries.models import Channel, Delivery, deliveries
from huiguan.deliveries.purposes import declare
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber
from tenants.members.models import Group

HERE = ZoneInfo("Asia/Shanghai")
SECRETARY = Actor("秦若兰", permissions=frozenset({"*"}))
REMINDER = declare("test.reminder", "会费提醒")
REMOVAL = declare("test.removal", "除名通知", may_be_refused=False)
ALARM = declare("test.alarm", "紧急通知", is_urgent=True)


class Clock:
    """What the senders believe the time to be: ten in the morning, until it is set."""

    def __init__(self) -> None:
        self.now = datetime.datetime(2026, 11, 23, 10, 0, tzinfo=HERE)

    def __call__(self) -> datetime.datetime:
        return self.now

    def at(self, hour: int, minute: int = 0) -> None:
        self.now = self.now.replace(hour=hour, minute=minute)

    def pass_by(self, **time: int) -> None:
        self.now += datetime.timedelta(**time)


class Courier:
    """Stands for every carrier: keeps what it was given, and whether a transaction was open then."""

    leaves = True

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.in_transaction: list[bool] = []
        self.answer: Callable[[Letter], str] = lambda letter: "流水号"
        self.may_repeat = True

    def carry(self, letter: Letter) -> str:
        self.letters.append(letter)
        self.in_transaction.append(connection.in_atomic_block)
        return self.answer(letter)

    def subjects(self) -> list[str]:
        return [letter.subject for letter in self.letters]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for module in (actions, sending, tasks, deliveries):
        monkeypatch.setattr(module, "now", made)
    return made


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The chambers for which the worker was woken."""
    found: list[str] = []
    monkeypatch.setattr(tasks.send_deliveries, "delay", found.append)
    return found


@pytest.fixture
def courier(monkeypatch: pytest.MonkeyPatch, woken: list[str]) -> Courier:
    made = Courier()
    monkeypatch.setattr(sending, "carrier_for", lambda channel: made)
    return made


def write(here: Chamber, subject: str = "会费提醒", **given: Any) -> Delivery:
    """One message of a chamber about a record of its own; what matters to a test is given."""
    said: dict[str, Any] = {
        "channel": Channel.EMAIL,
        "to": Recipient("湘味餐饮 周先生", "Zhou@Example.com"),
        "body": "请于年底前缴纳会费。",
        "purpose": REMINDER,
        **given,
    }
    with acting_as(SECRETARY), in_chamber(here):
        about = said.pop("about", None) or Group.objects.get_or_create(name="一组")[0]
        return deliver(about=about, subject=subject, **said)


def send(here: Chamber, **options: Any) -> int:
    with acting_as(SYSTEM):
        return sending.send_due(here, **options)


def log_of(here: Chamber) -> dict[str, Delivery]:
    with in_chamber(here):
        return {delivery.subject: delivery for delivery in Delivery.objects.all()}


def states(here: Chamber) -> dict[str, str]:
    return {subject: delivery.status for subject, delivery in log_of(here).items()}
