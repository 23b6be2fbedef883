"""Two tabs, two workers, the way back and the news, all at the same moment: one page, one payment."""

from typing import Any

import pytest

from billing import events, provider
from billing.collecting import look_again
from billing.models import Collection, Event
from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.binding import in_chamber
from tests.billing.connecting import connect
from tests.conftest import chamber
from tests.support.threads import together
from tests.support.web import WEB


@pytest.fixture
def owed(own_database: str, sandbox: Any) -> Any:
    """A committed charge of 常德, whose account takes payments."""
    import datetime

    from tenants.dues import ledger
    from tenants.dues.models import Charge
    from tenants.members.models import Member

    here = chamber("changde")
    connect(here)
    with acting_as(SYSTEM), in_chamber(here):
        member = Member.objects.create(name="西安同时商贸有限公司")
        made = Charge(member=member, year=2026, amount_fen=200_000, due_on=datetime.date(2026, 3, 31))
        ledger.assess([made])
        return made.pk, member.pk


def begin(owed: Any) -> str:
    from tenants.dues import online
    from tenants.members.models import Member

    charge, member = owed
    with acting_as(SYSTEM), in_chamber(chamber("changde")):
        whose = Member.objects.get(pk=member)
        return online.begin(member=whose, charge_ids=[charge], back="http://changde.localhost/", language="zh-hans")


def test_two_tabs_at_once_get_one_page(owed: Any) -> None:
    pages = together(lambda _number: begin(owed), range(3))
    assert len(set(pages)) == 1, pages
    assert Collection.objects.count() == 1


def test_workers_and_the_way_back_at_once_book_once(owed: Any, sandbox: Any, signed: Any) -> None:
    WEB.post(f"{begin(owed)}/alipay", data={"outcome": "now"})
    told = [one["id"] for one in sandbox.store.everywhere("event") if one["type"] != "account.updated"]
    for each in told:
        events.receive(provider.verified(*signed(each)))
    works = [*(lambda e=e: events.process(e) for e in told * 2), lambda: look_again(Collection.objects.get().pk)]
    outcomes = together(lambda number: works[number](), range(len(works)))
    assert not [each for each in outcomes if isinstance(each, Exception)], outcomes
    with in_chamber(chamber("changde")):
        from tenants.dues.models import Charge, Entry, OnlinePayment, Payment

        assert Payment.objects.count() == Entry.objects.filter(kind="paid").count() == 1
        assert (Charge.objects.get().open_fen, OnlinePayment.objects.get().status) == (0, "paid")
    assert not Event.objects.waiting().exists()
