"""No field that identifies a person is forgotten, and none reaches whom it is not for, whichever screen they open."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from huiguan import personal
from huiguan.audit.models import Entry
from huiguan.capability import Place, resources
from huiguan.ciphers.fields import EncryptedBinaryField, EncryptedJSONField, encrypted_fields
from huiguan.ciphers.values import MARK
from huiguan.privacy.models import Access
from huiguan.records import Record
from tests.contract.conftest import CONTACT
from tests.contract.samples import sample

SUSPECT = re.compile(r"phone|mobile|\btel|mail|wechat|account|identity|id_card|id_number|passport|birth|address")
OF_ORGANISATIONS = {
    "members.Member.address": "the firm's; of somebody who is a member in person it is blanked with them",
    "applications.Application.address": "the firm's; it goes with the application",
    "benefits.Merchant.address": "the shop's, printed in the list of offers",
    "dues.InvoiceRequest.address": "as the firm is registered, for its invoice",
    "papers.Letterhead.address": "the chamber's",
    "deliveries.Robot.address": "of a robot in a group chat",
    "affiliation.Entry.contact_phone": "the secretariat's office, published in the directory",
    "papers.Letterhead.phone": "the chamber's",
    "papers.Letterhead.account_name": "the chamber's",
    "papers.Letterhead.account": "the chamber's",
    "deliveries.SendingSettings.reply_to": "the chamber's",
    "benefits.Merchant.phone": "the shop's, printed in the list of offers",
    "dues.InvoiceRequest.email": "where a firm wants its invoices, for the treasurer",
    "dues.BankStatement.account": "the chamber's own",
    "dues.StatementLine.party_account": "as the bank gives it, for the treasurer alone",
}
ENCRYPTED_TOO = {
    "dues.StatementLine.party_account": "bank accounts of payers",
    "dues.BankStatement.account": "a bank account",
    "dues.InvoiceRequest.bank": "a bank account",
    "dues.InvoiceRequest.address": "it has a telephone number",
    "dues.InvoiceRequest.email": "an address of somebody",
    "deliveries.Robot.address": "who knows it can write there",
    "deliveries.Robot.secret": "who knows it can write there",
    "members.Proposal.value": "may be a number",
    "members.Proposal.before": "may be a number",
    "members.ImportedRow.fields": "numbers of people as the register has them",
    "members.ImportedRow.written": "numbers of people as the register has them",
    "members.ImportedRow.problems": "cells that could not be read",
    "members.ImportedRow.extras": "identity numbers among them",
    "members.RegisterImport.content": "the whole register",
    "members.ImportedRow.before": "numbers of people as they were",
}
GIVEN = {EncryptedJSONField: ["canary@x.cn"], EncryptedBinaryField: b"canary@x.cn"}
MODELS = [m for m in apps.get_models() if issubclass(m, Record)]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_no_field_that_identifies_a_person_is_forgotten(model: Any) -> None:
    for field in model._meta.concrete_fields:
        name = f"{model._meta.label}.{field.name}"
        is_text = field.get_internal_type() in ("CharField", "TextField", "EmailField")
        if is_text and SUSPECT.search(field.name) and name not in OF_ORGANISATIONS:
            assert field.name in model.personal or field.choices, f"say in `personal` of {name} what it is"


@pytest.mark.parametrize("model", [m for m in MODELS if m.personal], ids=lambda m: m._meta.label)
def test_what_is_declared_exists_and_the_trail_never_keeps_it_whole(as_person: Any, model: Any) -> None:
    assert set(model.personal) <= {field.name for field in model._meta.concrete_fields}
    given = {name: f"13812345{n}78" for n, name in enumerate(model.personal) if "mail" not in name}
    with as_person("qin"):
        record = sample(model, **given)
        record.delete()
        told = str(list(Entry.objects.filter(record_id=record.pk).values_list("changes", "facts", "record_text")))
    assert not [value for value in given.values() if value in told]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_what_is_masked_is_encrypted_too(model: Any) -> None:
    encrypted = {field.name for field in encrypted_fields(model)}
    masked = {name for name, kind in model.personal.items() if kind != personal.Personal.NAME}
    assert masked <= encrypted
    for name, why in ENCRYPTED_TOO.items():
        label, _dot, field = name.rpartition(".")
        assert label != model._meta.label or field in encrypted, (name, why)


@pytest.mark.parametrize("model", [m for m in MODELS if encrypted_fields(m)], ids=lambda m: m._meta.label)
def test_the_database_holds_nothing_of_it_that_can_be_read(as_person: Any, model: Any) -> None:
    given = {f.name: GIVEN.get(type(f), "canary@x.cn") for f in encrypted_fields(model)}
    with as_person("qin"):
        record = sample(model, **given)
        again = model._base_manager.get(pk=record.pk)
        assert {name: getattr(again, name) for name in given} == given
        with connection.cursor() as cursor:
            cursor.execute(f'select t::text from "{model._meta.db_table}" t where id = %s', [record.pk])
            stored = cursor.fetchone()[0]
            cursor.execute("select string_agg(t::text, ' ') from audit_entry t where record_id = %s", [record.pk])
            trail = cursor.fetchone()[0] or ""
    assert "canary" not in stored
    assert "canary" not in trail
    assert stored.count(MARK) == len(given)


def test_partners_are_shown_no_field_that_identifies_a_person() -> None:
    for _capability, resource in resources(Place.CHAMBER):
        for name in resource.api_fields:
            assert personal.kind_of(resource.model, name) is None, (resource.route, name)


@pytest.mark.parametrize(("key", "may_reveal"), [("gu", True), ("tao", True), ("ruan", False)])
def test_a_masked_number_is_shown_to_who_may_and_that_is_written_down(
    signed_in: Any, as_person: Any, canary: Any, key: str, may_reveal: bool
) -> None:
    url, browser = f"/privacy/reveal/members.contact/{canary.pk}/phone/", signed_in(key)
    page = browser.get(f"/members/contact/{canary.pk}/").content.decode()
    assert ("138****5678" in page, url in page) == (True, may_reveal)
    answer = browser.post(url, {"reason": "回电"})
    assert (answer.status_code == 200, CONTACT["phone"] in answer.content.decode()) == (may_reveal, may_reveal)
    with as_person("qin"):
        written = list(Access.objects.values_list("how", "fields", "record_text", "reason"))
        assert written == ([("shown", "phone", "金**", "回电")] if may_reveal else [])


@pytest.mark.parametrize(
    "what", ["members.contact/{pk}/name", "members.contact/{pk}/order", "members.nothing/{pk}/phone"]
)
def test_only_what_is_masked_is_shown(signed_in: Any, canary: Any, what: str) -> None:
    assert signed_in("gu").post(f"/privacy/reveal/{what.format(pk=canary.pk)}/").status_code == 404


def test_a_list_with_numbers_that_leaves_is_written_down(signed_in: Any, as_person: Any, canary: Any) -> None:
    signed_in("tan").get("/members/contact/export/")
    with as_person("qin"):
        entry = Access.objects.get()
        assert (entry.how, entry.number, "phone" in entry.fields) == ("exported", 1, True)
    assert signed_in("tan").get("/privacy/access/").status_code == 403
    assert signed_in("qin").get("/privacy/access/").status_code == 200


def test_who_may_not_read_a_number_does_not_find_by_parts_of_it(signed_in: Any, canary: Any) -> None:
    for key, finds in (("tan", True), ("ruan", False)):
        for typed in ("138123", "5678", "13812345678"):
            page = signed_in(key).get(f"/members/contact/?q={typed}").content.decode()
            assert ("金先生" in page) is finds, (key, typed)
