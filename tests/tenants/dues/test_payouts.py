"""What the payment service pays out to the bank is not booked a second time."""

from typing import Any

import pytest

from tests.billing.connecting import pay

pytestmark = pytest.mark.django_db
HEAD = "交易日期,交易时间,对方户名,对方账号,收入金额,支出金额,余额,摘要,附言\n"


@pytest.fixture
def paid_out(begin: Any, owed: Any, carry: Any, sandbox: Any, receiving: Any) -> Any:
    """The payout of one payment of 2,000 yuan, less its fee."""
    from billing.models import Payout
    from billing.sandbox.payouts import pay_out

    pay(begin(owed(2_000)))
    with sandbox.store.of_account(receiving.stripe_id):
        pay_out(sandbox.store)
    carry()
    return Payout.objects.get()


def decision(as_person: Any, party: str, fen: int, day: Any, remark: str = "") -> tuple[str, str]:
    from tenants.dues import reconciling

    text = f"{HEAD}{day:%Y-%m-%d},09:10:00,{party},6100000000000001,{fen / 100:.2f},,12000.00,转账,{remark}\n"
    with as_person("gu"):
        line = reconciling.keep(text.encode("gbk"), filename="流水.csv").lines.get()
        return line.decision, line.reason()


def test_a_payout_is_left_and_says_why(paid_out: Any, as_person: Any) -> None:
    assert paid_out.amount_fen == 195_600
    said, why = decision(as_person, "STRIPE PAYMENTS", paid_out.amount_fen, paid_out.arrives_on)
    assert said == "leave" and "在线缴费" in why


def test_the_same_amount_of_somebody_else_is_put_to_a_person(paid_out: Any, as_person: Any) -> None:
    assert decision(as_person, "某某科技有限公司", paid_out.amount_fen, paid_out.arrives_on, "会费")[0] == "ask"


def test_the_service_without_a_known_payout_is_put_to_a_person(paid_out: Any, as_person: Any) -> None:
    assert decision(as_person, "STRIPE PAYMENTS", 123_400, paid_out.arrives_on)[0] == "ask"


def test_another_chambers_payout_explains_nothing(paid_out: Any, shaoyang: Any) -> None:
    from billing import collecting

    day = paid_out.arrives_on
    assert collecting.payouts(shaoyang.pk, since=day, until=day) == []
