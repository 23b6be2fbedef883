"""The demo's online payments: by the same verbs and the same hosted page, and a second time nothing more."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def test_members_of_the_demo_pay_online_once(changde: Any, sandbox: Any, as_person: Any, charge: Any) -> None:
    from huiguan.demo.stage import Stage
    from tenants.dues.demo_online import load_online
    from tenants.dues.models import OnlinePayment, Payment, Receipt, Repayment

    with as_person("qin"):
        for _each in range(4):
            charge()
    stage = Stage({"changde": changde})
    load_online(stage)
    load_online(stage)
    with as_person("gu"):
        assert [one.status for one in OnlinePayment.objects.all()] == ["paid"] * 4
        assert Payment.objects.filter(fee_fen__gt=0).count() == Receipt.objects.count() == 4
        assert [row.amount_fen for row in Repayment.objects.all()] == [100_000]


def test_without_the_stand_in_nothing_is_asked(changde: Any, settings: Any, as_person: Any) -> None:
    from billing import demo_receiving

    settings.STRIPE_API_BASE = ""
    assert not demo_receiving.is_stand_in()
