"""What every resource of every folder must do on its standard screens, whoever wrote it."""

import io
import uuid
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiguan.actors import Actor
from huiguan.capability import permissions_of
from huiguan.roles import Role
from huiguan.screens.fields import shown
from huiguan.states import Stateful
from tests.contract.conftest import Subject, browser_of, federation_id, inside, rows

Administrator = Callable[[Subject], Client]
FEW, MANY = 2, 6


def may(subject: Subject, action: str) -> bool:
    role = Role.COORDINATOR if subject.place == "federation" else Role.SECRETARY_GENERAL
    return subject.permission(action) in permissions_of([role], subject.place)


def test_an_empty_list_says_what_to_do(subject: Subject, administrator: Administrator) -> None:
    assert subject.resource.empty or not subject.resource.in_navigation
    answer = administrator(subject).get(subject.url("list"))
    assert answer.status_code == 200


def test_a_list_costs_the_same_queries_at_any_length(subject: Subject, administrator: Administrator) -> None:
    browser, counts = administrator(subject), []
    browser.get(subject.url("list"))  # what a process reads once in its life
    for number in (FEW, MANY):
        rows(subject, number)
        caches["shared"].clear()  # what it keeps for seconds is read both times, however slow the machine
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(subject.url("list")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 30


def test_a_detail_page_answers(subject: Subject, administrator: Administrator) -> None:
    [record] = rows(subject, 1)
    answer = administrator(subject).get(subject.url("detail", record.pk))
    assert answer.status_code == 200
    with inside(subject):
        texts = [str(record), *(shown(record, name).text for name in subject.resource.list_fields)]
    assert any(text and text in answer.content.decode() for text in texts)


def test_a_stranger_is_refused(subject: Subject, db: None) -> None:
    [record] = rows(subject, 1)
    browser = browser_of("nie", subject.place) if subject.place == "chamber" else browser_of("tan", subject.place)
    for url in (subject.url("list"), subject.url("detail", record.pk)):
        assert browser.get(url).status_code == 403


def test_somebody_not_signed_in_is_sent_to_sign_in(subject: Subject, db: None) -> None:
    from tests.support import cast

    host = "changde" if subject.place == "chamber" else cast.FEDERATION[0]
    answer = Client(HTTP_HOST=f"{host}.localhost").get(subject.url("list"))
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_an_unknown_record_is_not_found(subject: Subject, administrator: Administrator) -> None:
    assert administrator(subject).get(subject.url("detail", uuid.uuid4())).status_code == 404


def test_another_chambers_record_is_not_found(subject: Subject, administrator: Administrator) -> None:
    if subject.place != "chamber":
        pytest.skip("the federation's tables are shared; each part tests who sees what")
    [theirs] = rows(subject, 1, slug="shaoyang")
    browser = administrator(subject)
    for parts in ((theirs.pk,), (theirs.pk, "edit"), (theirs.pk, "delete"), (theirs.pk, "moves", "leave")):
        assert browser.get(subject.url("detail", *parts)).status_code == 404


def test_what_is_searched_in_the_address_is_found_again(subject: Subject, administrator: Administrator) -> None:
    rows(subject, 1)
    answer = administrator(subject).get(subject.url("list"), {"q": "查无此项 & <b>", "sort": "-nonsense", "page": "1"})
    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode().split("</head>")[1].split("查无此项")[-1][:20]


def test_the_export_holds_what_the_list_holds(subject: Subject, administrator: Administrator) -> None:
    rows(subject, 3)
    answer = administrator(subject).get(subject.url("export"))
    if not may(subject, "export"):
        assert answer.status_code == 404
        return
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    with inside(subject):
        from huiguan.screens.base import visible

        federation = federation_id() if subject.place == "federation" else None
        actor = Actor("contract", permissions=frozenset({"*"}), federation_id=federation)
        assert sheet.max_row == visible(subject.resource, actor).count() + 1


def test_the_form_of_a_new_record_answers(subject: Subject, administrator: Administrator) -> None:
    has_form = bool(subject.resource.form_fields or subject.resource.form)
    answer = administrator(subject).get(subject.url("new"))
    if has_form:  # without one the address may be a page of the folder's own
        assert answer.status_code == (200 if may(subject, "change") else 403)


def test_no_form_lets_a_person_write_the_status(subject: Subject, administrator: Administrator) -> None:
    if not issubclass(subject.resource.model, Stateful):
        return
    field = subject.resource.model._meta.get_field("status")
    assert "status" not in subject.resource.form_fields
    assert not field.editable


def test_every_change_leaves_a_trail(subject: Subject, db: None) -> None:
    from django.apps import apps

    from huiguan.records import Record

    model = subject.resource.model
    if not getattr(model, "is_trailed", False):
        return
    [record] = rows(subject, 1)
    with inside(subject):
        book = apps.get_model("audit" if issubclass(model, Record) else "journal", "Entry")
        verbs = list(book._base_manager.filter(record_id=record.pk).values_list("verb", flat=True))
        assert "created" in verbs


def test_a_permission_is_what_opens_the_screen(subject: Subject, db: None, monkeypatch: Any) -> None:
    """Without exactly the view permission the list is refused, with it it answers (goal G5)."""
    from huiguan.accounts import middleware

    for held, status in ((frozenset({"nothing.at.all"}), 403), (frozenset({subject.permission("view")}), 200)):
        monkeypatch.setattr(middleware, "permissions_of", lambda roles, place, held=held: held)
        key = "lian" if subject.place == "federation" else "qin"
        assert browser_of(key, subject.place).get(subject.url("list")).status_code == status
