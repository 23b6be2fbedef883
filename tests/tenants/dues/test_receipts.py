"""Receipts have numbers without gaps, say what the money was for, and are papers that can be read."""

import datetime
import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 2, 1)


def pay(charge: Any, yuan: int) -> Any:
    from tenants.dues import payments

    return payments.record(member_id=charge.member_id, method="cash", fen=100 * yuan, received_on=DAY)


def text_of(pdf: bytes) -> str:
    from pypdf import PdfReader

    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace(" ", "").replace("\n", "")


def test_numbers_have_no_gap_also_when_one_is_void(working: Any, charge: Any) -> None:
    from tenants.dues.models import Receipt
    from tenants.dues.papers import issue_receipts

    working("gu")
    first, second = pay(charge(), 2_000), pay(charge(), 2_000)
    [one], [other] = issue_receipts(first), issue_receipts(second)
    assert issue_receipts(first) == []
    one.void(reason="抬头写错")
    [again] = issue_receipts(first)
    assert [r.number for r in (one, other, again)] == [1, 2, 3]
    assert Receipt.objects.standing().count() == 2


def test_a_reversed_payment_takes_its_receipt_with_it(working: Any, charge: Any) -> None:
    from tenants.dues.papers import issue_receipts

    working("gu")
    payment = pay(charge(), 2_000)
    [receipt] = issue_receipts(payment)
    payment.reverse(reason="记错")
    receipt.refresh_from_db()
    assert receipt.status == "void"
    with pytest.raises(ValidationError):
        issue_receipts(payment)


def test_the_paper_says_who_paid_how_much_in_words_and_for_what(as_person: Any, charge: Any, signed_in: Any) -> None:
    with as_person("gu"):
        from tenants.dues.papers import issue_receipts

        owed = charge(12_345)
        [receipt] = issue_receipts(pay(owed, 12_500))
        name = owed.member.name
    answer = signed_in("gu").get(f"/dues/receipt/{receipt.pk}/receipt.pdf")
    assert answer["Content-Type"] == "application/pdf"
    said = text_of(answer.content)
    for words in (name, "壹万贰仟伍佰元整", "预缴会费", receipt.shown_number()):
        assert words in said, said


def test_a_notice_names_the_amount_the_account_and_the_code(as_person: Any, charge: Any, signed_in: Any) -> None:
    with as_person("gu"):
        owed = charge(2_000)
        code = owed.payment_code()
    said = text_of(signed_in("gu").get(f"/dues/accounts/{owed.member_id}/notice.pdf").content)
    assert code in said
    assert "2,000.00" in said


def test_notices_for_all_who_are_late_are_one_file(as_person: Any, charge: Any, signed_in: Any) -> None:
    from pypdf import PdfReader

    with as_person("gu"):
        for _number in range(3):
            charge(due="2026-03-31")
    answer = signed_in("gu").get("/dues/ladder/notices.pdf")
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 3
