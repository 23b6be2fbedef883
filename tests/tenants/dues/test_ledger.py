"""A member's account adds up after any history; nothing is booked twice; nothing is ever changed."""

import datetime
from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from huiguan.actors import SYSTEM, NotAllowed, acting_as
from huiguan.tenancy.binding import in_chamber
from tests.conftest import chamber

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 2, 1)


def sums(member: Any) -> tuple[int, int, int]:
    """The member's balance, what its charges show as open, and its credit."""
    from tenants.dues.models import Charge, Entry

    shown = sum(Charge.objects.filter(member=member).values_list("open_fen", flat=True))
    return Entry.objects.of(member.pk).total(), shown, Entry.objects.credit(member.pk)


def pay(member: Any, yuan: int, **more: Any) -> Any:
    from tenants.dues import payments

    return payments.record(member_id=member.pk, method="cash", fen=100 * yuan, received_on=DAY, **more)


def test_a_payment_settles_the_oldest_charge_first_and_the_rest_is_credit(working: Any, charge: Any) -> None:
    working("gu")
    old = charge(1_000, year=2025, due="2025-03-31")
    new = charge(2_000, whose=old.member)
    pay(old.member, 3_500)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.status, new.status) == ("settled", "settled")
    assert sums(old.member) == (-50_000, 0, 50_000)


def test_an_officer_may_not_book(working: Any, charge: Any) -> None:
    working("tan")
    with pytest.raises(NotAllowed):
        pay(charge().member, 100)


def test_the_same_payment_is_booked_once_unless_a_person_says_it_is_another(working: Any, charge: Any) -> None:
    working("gu")
    owed = charge()
    pay(owed.member, 500)
    with pytest.raises(ValidationError):
        pay(owed.member, 500)
    pay(owed.member, 500, is_another=True)
    pay(owed.member, 500, is_another=True)
    assert sums(owed.member)[0] == 50_000


def test_a_reversed_payment_opens_the_charge_and_can_be_booked_again(working: Any, charge: Any) -> None:
    working("gu")
    owed = charge()
    made = pay(owed.member, 2_000)
    made.reverse(reason="记错会员")
    owed.refresh_from_db()
    assert (owed.status, owed.open_fen) == ("open", 200_000)
    pay(owed.member, 2_000)
    assert sums(owed.member) == (0, 0, 0)


def test_what_credit_was_used_for_must_be_taken_back_before_its_payment(working: Any, charge: Any) -> None:
    from tenants.dues import ledger
    from tenants.dues.models import Entry

    working("gu")
    owed = charge(1_000)
    ahead = pay(owed.member, 1_500)
    ledger.refund(owed.member.pk, fen=50_000, reason="多缴退回")
    with pytest.raises(ValidationError):
        ahead.reverse(reason="退错了")
    refund = Entry.objects.get(kind="refunded")
    ledger.reverse([refund], reason="未退")
    ahead.refresh_from_db()
    ahead.reverse(reason="退错了")
    assert sums(owed.member) == (100_000, 100_000, 0)


def test_no_more_is_waived_than_is_open(working: Any, charge: Any) -> None:
    from tenants.dues import ledger

    working("qin")
    owed = charge(1_000)
    with pytest.raises(ValidationError, match="1,000"):
        ledger.waive(owed, fen=100_001, reason="困难")
    assert sums(owed.member) == (100_000, 100_000, 0)


def test_parts_that_do_not_add_up_book_nothing(working: Any, charge: Any) -> None:
    from tenants.dues.ledger import Part
    from tenants.dues.models import Payment

    working("gu")
    owed = charge(1_000)
    with pytest.raises(ValidationError), transaction.atomic():
        pay(owed.member, 1_000, parts=[Part(owed.member.pk, 99_999, owed.pk)])
    assert not Payment.objects.exists()


@pytest.mark.parametrize("statement", ["update dues_entry set amount_fen = 1", "delete from dues_entry"])
def test_the_application_cannot_change_an_entry(working: Any, charge: Any, statement: str) -> None:
    working("gu")
    charge()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["assess", "pay", "overpay", "waive", "offset", "use", "release", "refund", "reverse", "unpay", "cancel"]
        ),
        st.integers(1, 300),
    ),
    max_size=10,
)


@settings(max_examples=12)
@given(steps=STEPS)
def test_the_entries_of_a_member_add_up_after_any_history(steps: list[tuple[str, int]]) -> None:
    """What is shown as open, less the credit, is the balance; a refused step changes nothing."""
    with acting_as(SYSTEM), suppress(_Over), in_chamber(chamber("changde")), transaction.atomic():
        _live_through(steps)
        raise _Over


class _Over(Exception):
    """The end of an example: nothing of it stays."""


def _live_through(steps: list[tuple[str, int]]) -> None:
    from tenants.members.models import Member

    member = Member(name="西安百态商贸有限公司")
    member.save()
    for at, (step, number) in enumerate(steps):
        before = sums(member)
        try:
            with transaction.atomic():
                _do(step, member, number, at)
        except ValidationError:
            assert sums(member) == before
        balance, shown, credit = sums(member)
        assert (balance, credit >= 0) == (shown - credit, True)
        _each_charge_is_the_sum_of_its_entries(member)


def _do(step: str, member: Any, number: int, at: int) -> None:
    from tenants.dues import ledger
    from tenants.dues.models import Charge, Entry, Payment

    fen = 100 * number
    charge = Charge.objects.open().filter(member=member).first()
    paid = Charge.objects.filter(member=member).exclude(status="cancelled").first()
    payment, entry = Payment.objects.standing().first(), Entry.objects.filter(payment=None, charge=charge).first()
    new = Charge(member=member, kind="service", year=2026, title="场地", amount_fen=fen, due_on=DAY)
    steps = {
        "assess": lambda: ledger.assess([new]),
        "pay": lambda: pay(member, number, reference=str(at)),
        "overpay": lambda: pay(member, 9 * number, reference=str(at)),
        "refund": lambda: ledger.refund(member.pk, fen=fen, reason="退款"),
        "unpay": lambda: payment and payment.reverse(reason="记错"),
        "reverse": lambda: entry and entry.kind != "assessed" and ledger.reverse([entry], reason="记错"),
        "cancel": lambda: charge and ledger.cancel([charge.pk], reason="误收"),
        "waive": lambda: charge and ledger.waive(charge, fen=fen, reason="经理事会同意"),
        "offset": lambda: charge and ledger.offset(charge, fen=fen, reason="赞助"),
        "use": lambda: charge and ledger.use_credit(charge, fen=fen),
        "release": lambda: paid and ledger.release(paid, fen=fen, reason="改缴"),
    }
    steps[step]()


def _each_charge_is_the_sum_of_its_entries(member: Any) -> None:
    from tenants.dues.models import Charge

    for charge in Charge.objects.filter(member=member).prefetch_related("entries"):
        assert charge.open_fen == sum(entry.amount_fen for entry in charge.entries.all())
        assert (charge.status in ("settled", "cancelled")) == (charge.open_fen == 0)
