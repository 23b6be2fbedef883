"""What is gone is told, what was acknowledged stays, and what waits leaves when it is back (docs/operations.md)."""

import datetime
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections
from django.test import Client
from django.utils import timezone
from kombu.exceptions import OperationalError as NoBroker

from huiguan.actors import SYSTEM, acting_as
from huiguan.celery import app
from huiguan.deliveries import sending
from huiguan.deliveries.actions import Recipient, deliver
from huiguan.deliveries.models import Channel, Delivery, SendingSettings
from huiguan.deliveries.purposes import declare
from huiguan.embedded.testing import server
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber
from tenants.members.models import Member
from tests.conftest import chamber, sign_in
from tests.support import cast

PURPOSE = declare("test.degraded", "Test of what is gone", is_urgent=True)
NOT_SAVED = "没有保存"


@pytest.fixture(autouse=True)
def _as_the_system(own_database: str, settings: Any) -> Iterator[None]:
    settings.EMAIL_LEAVES = True
    with acting_as(SYSTEM):
        yield


@pytest.fixture
def browser(own_database: str) -> Client:
    from huiguan.accounts.models import Person

    client = sign_in(Person.objects.get(email=cast.email("qin")), "changde")
    client.raise_request_exception = False
    return client


def enter(browser: Client, name: str) -> Any:
    return browser.post("/members/member/new/", {"name": name, "kind": "enterprise", "joined_precision": "day"})


def members(of: Chamber) -> list[str]:
    with in_chamber(of):
        return list(Member.objects.values_list("name", flat=True))


def make_read_only(database: str, value: str) -> None:
    with psycopg.connect(server().url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(f"alter database {database} set default_transaction_read_only = {value}")  # type: ignore[arg-type]
    connections.close_all()


def test_a_database_that_only_reads_shows_pages_and_saves_nothing_and_goes_on_after(
    browser: Client, own_database: str
) -> None:
    here = chamber("changde")
    assert enter(browser, "之前的会员").status_code == 302
    make_read_only(own_database, "on")
    assert "之前的会员" in browser.get("/members/member/").content.decode()
    refused = enter(browser, "写不进的会员")
    assert refused.status_code == 500 and NOT_SAVED in refused.content.decode()
    make_read_only(own_database, "off")
    assert enter(browser, "之后的会员").status_code == 302
    assert sorted(members(here)) == sorted(["之前的会员", "之后的会员"])


def test_without_a_broker_a_change_is_saved_and_its_message_is_found_by_the_sweep(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_arguments: Any, **_options: Any) -> None:
        raise NoBroker("no broker")

    monkeypatch.setattr(app, "send_task", gone)
    monkeypatch.setattr("celery.app.task.Task.apply_async", gone)
    here = chamber("changde")
    write(here)
    monkeypatch.undo()
    assert sending.send_due(here) == 1
    assert state(here) in (Delivery.Status.KEPT, Delivery.Status.SENT)


def test_a_mail_server_that_is_slow_puts_off_one_mail_and_loses_none(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = chamber("changde")
    write(here)

    def too_slow(*_arguments: Any) -> int:
        raise TimeoutError("timed out")

    with monkeypatch.context() as slow:
        slow.setattr(EmailBackend, "send_messages", too_slow)
        sending.send_due(here)
    assert state(here) == Delivery.Status.RETRYING and mail.outbox == []
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    monkeypatch.setattr(sending, "now", lambda: tomorrow)
    sending.send_due(here)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("jump", [datetime.timedelta(days=-1), datetime.timedelta(days=1)])
def test_a_clock_that_jumps_sends_what_is_due_once(
    own_database: str, monkeypatch: pytest.MonkeyPatch, jump: datetime.timedelta
) -> None:
    here, before = chamber("changde"), timezone.now()
    write(here)
    for at in (before + jump, before + datetime.timedelta(minutes=1), before + datetime.timedelta(days=2)):
        monkeypatch.setattr(sending, "now", lambda at=at: at)
        sending.send_due(here)
        sending.recover(here)
    assert len(mail.outbox) == 1


def write(here: Chamber) -> None:
    midnight = datetime.time(0)
    with in_chamber(here):
        SendingSettings(quiet_from=midnight, quiet_until=midnight).save()
        to = Recipient("何小满", "he@example.com")
        deliver(about=None, channel=Channel.EMAIL, to=to, subject="通知", body="正文", purpose=PURPOSE)


def state(here: Chamber) -> str:
    with in_chamber(here):
        return str(Delivery.objects.get().status)
