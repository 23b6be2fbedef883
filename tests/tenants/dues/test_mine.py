"""A member's own dues on a phone: what is open, paying, bank transfer, receipts, invoices; and nobody else's."""

import datetime
from typing import Any

import pytest
from django.test import Client

from tests.billing.connecting import pay
from tests.huiguan.own.test_links import path_of

pytestmark = pytest.mark.django_db
PAGE = "/dues/mine/"


@pytest.fixture
def owing(owed: Any, as_person: Any) -> Any:
    """A charge of 2,000 yuan, and the phone of the member's contact."""
    charge = owed(2_000)
    return charge, phone_of(charge.member, as_person)


def phone_of(member: Any, as_person: Any) -> Client:
    from huiguan.own.actions import link_for
    from tenants.members.models import Contact

    with as_person("qin"):
        contact = Contact.objects.create(member=member, name="周先生", phone="13900001111", email="zhou@example.com")
        path = path_of(link_for(contact), to="dues-mine")
    phone = Client(HTTP_HOST="changde.localhost")
    assert phone.get(path)["Location"] == PAGE
    return phone


def words(phone: Client, path: str = PAGE) -> str:
    return phone.get(path, follow=True).content.decode()


def test_what_is_open_waits_on_the_first_page_too(owing: Any) -> None:
    _charge, phone = owing
    assert "2,000.00" in words(phone)
    assert "2,000.00" in words(phone, "/own/")


def test_without_an_account_the_bank_and_the_code_are_shown(owing: Any, as_person: Any) -> None:
    charge, phone = owing
    with as_person("qin"):
        from huiguan.papers.models import Letterhead

        head = Letterhead.current()
        head.bank, head.account = "长安银行西安分行", "6222 0000 1111"
        head.save()
        code = charge.payment_code()
    shown = words(phone)
    assert "在线缴费" not in shown
    for each in ("长安银行西安分行", "6222 0000 1111", code):
        assert each in shown, each


def test_the_code_shown_is_the_one_the_matching_knows(owing: Any, as_person: Any) -> None:
    from tenants.dues.payees import payees
    from tenants.dues.statements.codes import codes_in

    charge, _phone = owing
    with as_person("qin"):
        known = {code: payee.key for payee in payees() for code in payee.codes}
        [found] = codes_in(f"会费 {charge.payment_code()} 谢谢", known)
        assert known[found] == str(charge.member_id)


def test_paying_leads_to_the_hosted_page_and_back_to_a_receipt(owing: Any, receiving: Any, sandbox: Any) -> None:
    charge, phone = owing
    leaving = phone.post(f"{PAGE}payment/", {"charge": [str(charge.pk)]})
    assert leaving["Location"].startswith(f"{sandbox.address}/checkout/")
    back = pay(leaving["Location"], "wechat_pay").headers["location"]
    shown = words(phone, back.partition("localhost")[2])
    for each in ("已付款", "2,000.00", "收据", "没有未缴"):
        assert each in shown, each
    [path] = {part.partition('"')[0] for part in shown.split('href="') if "/mine/receipts/" in part.partition('"')[0]}
    assert phone.get(path)["Content-Type"] == "application/pdf"


def test_a_wallet_that_confirms_later_is_said_and_not_offered_again(owing: Any, receiving: Any) -> None:
    charge, phone = owing
    page = phone.post(f"{PAGE}payment/", {"charge": [str(charge.pk)]})["Location"]
    back = pay(page, "alipay", "later").headers["location"]
    assert "正在确认" in words(phone, back.partition("localhost")[2])
    again = phone.post(f"{PAGE}payment/", {"charge": [str(charge.pk)]}, follow=True).content.decode()
    assert "不要重复付款" in again


def test_nobody_pays_reads_or_invoices_what_is_anothers(owing: Any, owed: Any, receiving: Any, as_person: Any) -> None:
    from tenants.dues import payments
    from tenants.dues.papers import issue_receipts

    charge, _phone = owing
    other = owed(3_000)
    with as_person("gu"):
        paid = payments.record(
            member_id=charge.member_id, method="cash", fen=200_000, received_on=datetime.date(2026, 2, 1)
        )
        [receipt] = issue_receipts(paid)
    stranger = phone_of(other.member, as_person)
    assert stranger.get(f"{PAGE}receipts/{receipt.pk}/").status_code == 404
    assert stranger.get(f"{PAGE}payments/{paid.pk}/invoice/").status_code == 404
    refused = stranger.post(f"{PAGE}payment/", {"charge": [str(charge.pk)]}, follow=True).content.decode()
    assert "已经没有未缴金额" in refused
    assert Client(HTTP_HOST="changde.localhost").get(PAGE).status_code == 403


@pytest.fixture
def paid(owing: Any, as_person: Any) -> Any:
    from tenants.dues import payments

    charge, phone = owing
    with as_person("gu"):
        made = payments.record(
            member_id=charge.member_id, method="cash", fen=200_000, received_on=datetime.date(2026, 2, 1)
        )
    return made, phone


ASKED = {"kind": "dues", "title": "西安样本商贸有限公司", "tax_number": "", "email": "cw@example.com", "note": ""}


def test_an_invoice_is_asked_for_once_issued_with_its_file_and_found_on_the_page(
    paid: Any, signed_in: Any, as_person: Any
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from huiguan.deliveries.models import Delivery
    from tenants.dues.models import InvoiceRequest

    payment, phone = paid
    ask = f"{PAGE}payments/{payment.pk}/invoice/"
    assert 'value="zhou@example.com"' in words(phone, ask)
    assert phone.post(ask, ASKED)["Location"] == PAGE
    assert "已申请" in words(phone)
    assert "已经申请过" in phone.post(ask, ASKED).content.decode()
    with as_person("gu"):
        asked = InvoiceRequest.objects.get()
        assert (asked.amount_fen, asked.title) == (200_000, ASKED["title"])
    treasurer = signed_in("gu")
    assert ASKED["title"] in treasurer.get("/dues/invoicerequest/").content.decode()
    file = SimpleUploadedFile("发票.pdf", _pdf(), "application/pdf")
    done = treasurer.post(
        f"/dues/invoicerequest/{asked.pk}/moves/issue/",
        {"number": "26617000001", "issued_on": "2026-02-03", "file": file},
    )
    assert done.status_code == 302, done.content.decode()
    with as_person("gu"):
        told = Delivery.objects.get(purpose="dues.invoice")
        assert told.address == "cw@example.com" and "26617000001" in told.body and "/own/e/" in told.body
    assert "26617000001" in words(phone)
    assert phone.get(f"{PAGE}invoices/{asked.pk}/").content.startswith(b"%PDF")


def test_what_was_written_is_remembered(paid: Any) -> None:
    payment, phone = paid
    ask = f"{PAGE}payments/{payment.pk}/invoice/"
    phone.post(ask, {**ASKED, "title": "西安记得商贸有限公司"})
    assert "西安记得商贸有限公司" in words(phone, ask)


@pytest.mark.parametrize(
    "given, said",
    [
        ({"tax_number": "91110000600037341M"}, "最后一位校验不符"),
        ({"tax_number": "123"}, "十五到二十位"),
        ({"kind": "special"}, "专用发票必须填写"),
        ({"email": "不是邮箱"}, "不是邮箱"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(paid: Any, given: Any, said: str) -> None:
    payment, phone = paid
    answer = phone.post(f"{PAGE}payments/{payment.pk}/invoice/", {**ASKED, **given}).content.decode()
    assert said in answer and ASKED["title"] in answer


def test_a_refused_request_can_be_made_again(paid: Any, as_person: Any) -> None:
    from tenants.dues.models import InvoiceRequest

    payment, phone = paid
    ask = f"{PAGE}payments/{payment.pk}/invoice/"
    phone.post(ask, ASKED)
    with as_person("gu"):
        InvoiceRequest.objects.get().refuse(reason="请补充税号")
    assert "请补充税号" in words(phone)
    assert phone.post(ask, ASKED).status_code == 302


def _pdf() -> bytes:
    import io

    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(out)
    return out.getvalue()
