"""A long register is kept first and then worked on by the worker, as the person who asked: all of it or nothing."""

import datetime
import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.test import TestCase
from django.utils.timezone import now

from huiguan import progress
from huiguan.actors import SYSTEM, acting_as
from huiguan.audit.models import Entry
from huiguan.entries import first_break
from huiguan.progress import Progress, told_to
from huiguan.tenancy.binding import in_chamber
from tenants.members.importing import applying, jobs
from tenants.members.importing.reading import read_file, receive_file
from tenants.members.models import ImportedRow, Member, RegisterImport, imports
from tenants.members.tasks import work_on_import
from tenants.members.views import importing as views
from tests.conftest import chamber
from tests.support.database import server

ROWS = [f"西安沅江{word}商贸有限公司,张越,139000000{number:02}" for number, word in enumerate("甲乙丙丁戊己")]
REGISTER = "\n".join(["企业名称,联系人,手机", *ROWS]).encode()


@pytest.fixture
def woken(monkeypatch: Any) -> list[RegisterImport]:
    """What the worker was told of; it comes when a test calls it."""
    told: list[RegisterImport] = []
    monkeypatch.setattr(jobs, "wake", told.append)
    return told


@pytest.fixture
def everything_is_long(monkeypatch: Any) -> None:
    monkeypatch.setattr(views, "MOST_BYTES_AT_ONCE", 10)
    monkeypatch.setattr(imports, "MOST_ROWS_AT_ONCE", 1)
    monkeypatch.setattr(applying, "CHUNK", 2)


def worker_comes(source: RegisterImport) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        work_on_import(str(chamber("changde").pk), str(source.pk), "zh-hans")


def at_work(source: RegisterImport, done: int, of: int) -> None:
    """As a worker that is importing would tell."""
    progress._keep(progress._place_of(source.pk), Progress("applying", done, of, time.time()))


def uploaded(browser: Any, content: bytes = REGISTER) -> str:
    answer = browser.post("/members/import/", {"file": SimpleUploadedFile("名册.csv", content)})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def page(browser: Any, url: str) -> str:
    return str(browser.get(url).content.decode())


@pytest.fixture
def checked(woken: Any, everything_is_long: None, as_person: Any) -> Callable[[], RegisterImport]:
    """A long register that was read and waits to be imported."""

    def make() -> RegisterImport:
        with as_person("tan"):
            return read_file(content=REGISTER, filename="名册.csv")

    return make


def test_a_long_file_is_kept_first_and_read_by_the_worker(
    signed_in: Any, as_person: Any, woken: Any, everything_is_long: None, django_capture_on_commit_callbacks: Any
) -> None:
    browser = signed_in("tan")
    with django_capture_on_commit_callbacks(execute=True):
        url = uploaded(browser)
    assert len(woken) == 1
    assert "<progress" in page(browser, url)
    with as_person("qin"):
        source = RegisterImport.objects.get()
        assert (bytes(source.content), source.rows.count()) == (REGISTER, 0)
    worker_comes(source)
    assert browser.get(f"{url}progress/").headers["HX-Refresh"] == "true"
    assert "西安沅江甲商贸有限公司" in page(browser, f"{url}?show=member")


def test_a_long_import_is_done_by_the_worker_in_the_name_of_who_asked(
    signed_in: Any, as_person: Any, checked: Any
) -> None:
    browser, source = signed_in("tan"), checked()
    url = f"/members/registerimport/{source.pk}/"
    assert "moves/apply_later/" in page(browser, url) and "moves/apply/" not in page(browser, url)
    browser.post(f"{url}moves/apply_later/")
    with as_person("qin"):
        assert not Member.objects.exists()
    worker_comes(source)
    with as_person("qin"):
        assert Member.objects.count() == len(ROWS)
        made = Entry.objects.filter(model="members.Member", verb="created")
        assert {entry.actor for entry in made} == {"谭一鸣"}
        assert first_break(Entry.objects.order_by("number")) is None
    browser.post(f"{url}moves/undo_later/")
    worker_comes(source)
    with as_person("qin"):
        assert not Member.objects.exists()
        source.refresh_from_db()
        assert (source.status, source.job) == ("undone", "")


def test_while_the_worker_is_asked_nothing_else_can_be_done(signed_in: Any, as_person: Any, checked: Any) -> None:
    browser, source = signed_in("tan"), checked()
    url = f"/members/registerimport/{source.pk}/"
    browser.post(f"{url}moves/apply_later/")
    with as_person("qin"):
        row = ImportedRow.objects.first()
    assert "进行中" in browser.post(f"{url}moves/apply_later/", follow=True).content.decode()
    assert browser.post(f"{url}columns/", {}).status_code == 404
    browser.post(f"/members/registerimport/rows/{row.pk}/", {"decision": "skip", "name": row.name})
    with as_person("qin"):
        before = row.decision, row.is_settled
        row.refresh_from_db()
        assert (row.decision, row.is_settled) == before


def test_the_columns_of_a_long_file_are_read_anew_by_the_worker(signed_in: Any, as_person: Any, checked: Any) -> None:
    browser, source = signed_in("tan"), checked()
    url = f"/members/registerimport/{source.pk}/"
    browser.post(f"{url}columns/", {"0-A": "name", "0-B": "referrer", "0-C": "phone"})
    worker_comes(source)
    with as_person("qin"):
        row = ImportedRow.objects.filter(row_class="member").first()
        assert (row.fields["referrer"], row.fields.get("contacts")) == ("张越", None)
        assert source.rows.count() == len(ROWS) + 1


def test_the_page_says_what_is_being_done_and_how_far_it_is(signed_in: Any, as_person: Any, checked: Any) -> None:
    browser, source = signed_in("tan"), checked()
    url = f"/members/registerimport/{source.pk}/"
    browser.post(f"{url}moves/apply_later/")
    with as_person("qin"):
        at_work(source, 3, 12)
    told = page(browser, f"{url}progress/")
    assert "3" in told and "12" in told and 'value="25"' in told and "alert" not in told
    with as_person("qin"):
        progress._keep(progress._place_of(source.pk), None)


def test_each_step_is_reported(working: Any, woken: Any, everything_is_long: None, monkeypatch: Any) -> None:
    working("qin")
    monkeypatch.setattr(progress, "EVERY_SECONDS", 0)
    said: list[tuple[str, int, int]] = []
    with told_to(lambda *each: said.append(each)):
        source = read_file(content=REGISTER, filename="名册.csv")
        source.apply()
        source.undo()
    assert list(dict.fromkeys(step for step, _done, _of in said)) == [
        *("opening", "reading", "keeping", "applying", "undoing"),
    ]
    assert [(done, of) for step, done, of in said if step == "applying"] == [(0, 6), (2, 6), (4, 6)]


def test_when_nobody_begins_the_page_says_so_and_sends_another_wake_up(
    signed_in: Any, as_person: Any, checked: Any, woken: Any, django_capture_on_commit_callbacks: Any
) -> None:
    browser, source = signed_in("tan"), checked()
    url = f"/members/registerimport/{source.pk}/"
    browser.post(f"{url}moves/apply_later/")
    with django_capture_on_commit_callbacks(execute=True):
        assert "alert" not in page(browser, f"{url}progress/")
    assert woken == []
    with as_person("qin"):
        RegisterImport.objects.update(asked_at=now() - datetime.timedelta(minutes=5))
    with django_capture_on_commit_callbacks(execute=True):
        assert "没有开始" in page(browser, f"{url}progress/")
        page(browser, f"{url}progress/")
    assert woken == [source]


def test_what_hinders_the_worker_is_said_on_the_page_and_the_import_is_as_it_was(
    signed_in: Any, as_person: Any, checked: Any
) -> None:
    browser, source = signed_in("tan"), checked()
    url = f"/members/registerimport/{source.pk}/"
    with as_person("qin"):
        rows = list(source.rows.filter(row_class="member"))
        for row in rows[-2:]:
            row.fields["credit_code"] = "91610131MA6TX0XX0X"
            row.save()
    browser.post(f"{url}moves/apply_later/")
    worker_comes(source)
    told = page(browser, url)
    assert "信用代码" in told and "alert-danger" in told and "moves/apply_later/" in told
    with as_person("qin"):
        assert not Member.objects.exists()


def test_a_long_file_that_cannot_be_read_says_why_and_can_be_discarded(
    signed_in: Any, as_person: Any, woken: Any, everything_is_long: None
) -> None:
    browser = signed_in("tan")
    url = uploaded(browser, b"PK\x03\x04" + b"0" * 500)
    with as_person("qin"):
        source = RegisterImport.objects.get()
    assert "moves/discard/" in page(browser, url)
    worker_comes(source)
    assert "alert-danger" in page(browser, url)
    browser.post(f"{url}moves/discard/")
    with as_person("qin"):
        assert RegisterImport.objects.get().content is None


def test_what_is_no_register_at_first_sight_is_refused_at_once(
    signed_in: Any, as_person: Any, everything_is_long: None
) -> None:
    answer = signed_in("tan").post("/members/import/", {"file": SimpleUploadedFile("名册.xls", b"%PDF-1.7" * 20)})
    assert "invalid-feedback" in answer.content.decode()
    with as_person("qin"):
        assert not RegisterImport.objects.exists()


def test_somebody_whose_right_ended_meanwhile_imports_nothing(as_person: Any, checked: Any) -> None:
    from huiguan.accounts.models import Appointment

    source = checked()
    with as_person("tan"):
        source.apply_later()
        asked_by = source.asked_by
    Appointment.objects.filter(person=asked_by).update(ended_at=now())
    worker_comes(source)
    with as_person("qin"):
        source.refresh_from_db()
        assert source.failure and not source.job
        assert not Member.objects.exists()


def test_a_fault_of_the_program_ends_the_job_and_not_the_page(
    signed_in: Any, as_person: Any, checked: Any, monkeypatch: Any
) -> None:
    source = checked()
    with as_person("tan"):
        source.apply_later()
    monkeypatch.setattr(applying, "store", lambda made: 1 / 0)
    worker_comes(source)
    assert "alert-danger" in page(signed_in("tan"), f"/members/registerimport/{source.pk}/")


def test_a_second_wake_up_does_nothing(as_person: Any, checked: Any) -> None:
    source = checked()
    with as_person("tan"):
        source.apply_later()
        at_work(source, 0, 6)
    worker_comes(source)  # another is at it
    with as_person("tan"):
        assert not Member.objects.exists()
        progress._keep(progress._place_of(source.pk), None)
    worker_comes(source)
    worker_comes(source)  # it is done
    with as_person("tan"):
        assert Member.objects.count() == len(ROWS)


def test_a_person_can_wait_no_longer(as_person: Any, checked: Any) -> None:
    source = checked()
    with as_person("tan"):
        source.apply_later()
        source.call_off()
    worker_comes(source)
    with as_person("tan"):
        assert not Member.objects.exists()
        with pytest.raises(ValidationError):
            source.call_off()


def test_an_import_of_which_the_database_dies_in_the_middle_leaves_nothing_and_is_done_when_asked_again(
    own_database: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(jobs, "wake", lambda source: None)
    monkeypatch.setattr(applying, "CHUNK", 2)
    here = chamber("changde")
    with acting_as(SYSTEM), in_chamber(here):
        source = read_file(content=REGISTER, filename="名册.csv")
        source.apply_later()
    store, stored = applying.store, []

    def cut_off(made: Any) -> None:
        store(made)
        stored.append(len(made))
        if len(stored) == 2:
            with psycopg.connect(server().url("postgres", "postgres")) as operator:
                operator.execute("select pg_terminate_backend(%s)", [connection.connection.info.backend_pid])

    monkeypatch.setattr(applying, "store", cut_off)
    with pytest.raises(OperationalError):
        worker_comes(source)
    connection.close()
    with in_chamber(here):
        assert (Member.objects.count(), RegisterImport.objects.get().job) == (0, "apply")
        assert first_break(Entry.objects.order_by("number")) is None
    monkeypatch.setattr(applying, "store", store)
    monkeypatch.setattr(progress, "FRESH_SECONDS", 0)  # half a minute later
    worker_comes(source)
    with in_chamber(here):
        assert Member.objects.count() == len(ROWS)


def test_a_received_file_is_a_row_even_when_nobody_can_be_woken(own_database: str, monkeypatch: Any) -> None:
    def away(source: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(jobs, "wake", away)
    with acting_as(SYSTEM), in_chamber(chamber("changde")), transaction.atomic():
        receive_file(content=REGISTER, filename="名册.csv")
    with in_chamber(chamber("changde")):
        assert RegisterImport.objects.get().job == "read"
