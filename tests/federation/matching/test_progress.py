"""From the contacts to what both sides confirm, or to a dispute and its mediation."""

import datetime
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from federation.matching import queries
from federation.matching.introductions import Introduction
from federation.matching.models import Agreement, Dispute, ExpressionOfInterest
from federation.matching.workdays import TO_DELIVER, TO_REPORT
from federation.registry.items import Item
from federation.registry.taking_back import Whose, carry_out
from huiguan.actors import SYSTEM, acting_as
from huiguan.inbox.handlers import Refused
from huiguan.keys import uuid7
from huiguan.tenancy.binding import in_federation
from huiguan.workdays import add_working_days

pytestmark = pytest.mark.django_db
STATES = ExpressionOfInterest.Status
LONG_AGO = datetime.date(2020, 1, 1)
AGREED = {"kind": "service", "value_band": "under_10k", "signed_on": "2026-01-05"}
Say = Callable[..., None]


@pytest.fixture
def met(changde: Any, shaoyang: Any, pair: tuple[UUID, UUID], tell: Any) -> UUID:
    """邵阳 and 常德 know each other's contact."""
    key = str(uuid7())
    tell(shaoyang, "exchange.interest_sent", interest_id=key, need_id=str(pair[0]), offer_id=str(pair[1]))
    tell(changde, "exchange.interest_answered", interest_id=key, answer="accept")
    for chamber in (changde, shaoyang):
        contact = {"contact_name": "秘书处", "contact_phone": "02900001111"}
        tell(chamber, "exchange.contact_disclosed", interest_id=key, **contact)
    return UUID(key)


@pytest.fixture
def say(met: UUID, tell: Any) -> Say:
    """`say(chamber, "agreement_reported", …)` about this introduction."""
    return lambda chamber, name, **content: tell(chamber, f"exchange.{name}", interest_id=str(met), **content)


@pytest.fixture
def delivered(changde: Any, shaoyang: Any, say: Say) -> Say:
    say(shaoyang, "agreement_reported", **AGREED)
    say(changde, "delivery_reported", delivered_on="2026-01-06")
    return say


@pytest.fixture
def disputed(delivered: Say, shaoyang: Any) -> Say:
    """邵阳 says that less was delivered, and asks for mediation."""
    delivered(shaoyang, "dispute_raised", text="只讲了半小时", mediation=True)
    return delivered


@pytest.fixture
def mediated(disputed: Say, changde: Any, mediator: Any) -> Say:
    """Both ask; the coordinator has named the mediator."""
    disputed(changde, "mediation_asked")
    name(mediator)
    return disputed


@pytest.fixture
def mediator(hunan: Any) -> Any:
    """A third chamber that takes part."""
    from types import SimpleNamespace

    from federation.registry.models import Membership

    chamber = SimpleNamespace(pk=uuid7(), name="怀化商会")
    Membership.objects.create(
        federation=hunan, chamber_id=chamber.pk, chamber_name=chamber.name, joined_on=LONG_AGO, items=["matching"]
    )
    return chamber


def name(mediator: Any) -> None:
    """As the coordinator does."""
    with acting_as(SYSTEM):
        Dispute.objects.get().name_mediator(mediator=(mediator.pk, mediator.name))


def state() -> str:
    return str(ExpressionOfInterest.objects.get().status)


def seen_by(chamber: Any) -> Introduction:
    [found] = queries.introductions(chamber_id=chamber.pk)
    return found


def waits_for(chamber: Any) -> bool:
    return bool(queries.waiting_for(chamber_id=chamber.pk))


def test_from_contact_to_what_both_sides_confirm(changde: Any, shaoyang: Any, say: Say) -> None:
    say(shaoyang, "meeting_noted", met_on="2026-01-04", text="谈得不错")
    assert state() == STATES.NEGOTIATING
    say(shaoyang, "agreement_reported", **AGREED)
    say(changde, "delivery_reported", delivered_on="2026-01-06")
    say(shaoyang, "outcome_reported", success=5, amount_band="under_10k", text="讲得好")
    assert state() == STATES.DELIVERED
    say(changde, "outcome_reported", success=4, amount_band="none", jobs=1)
    assert state() == STATES.CONFIRMED
    seen = seen_by(shaoyang)
    assert seen.agreement is not None
    assert seen.agreement.get_value_band_display() == "1万元以下"
    assert seen.my_outcome is not None
    assert seen.other_outcome is not None
    assert (seen.my_outcome.success, seen.other_outcome.success) == (5, 4)
    assert (seen.interest.met_on, seen.contact is not None) == (datetime.date(2026, 1, 4), True)


def test_one_side_cannot_confirm_for_both(shaoyang: Any, delivered: Say) -> None:
    result = {"success": 5, "amount_band": "under_10k"}
    delivered(shaoyang, "outcome_reported", **result)
    with pytest.raises(Refused):
        delivered(shaoyang, "outcome_reported", **result)
    assert state() == STATES.DELIVERED


@pytest.mark.parametrize(
    "wrong", [{"kind": "gift"}, {"value_band": "3000"}, {"signed_on": "2099-01-01"}, {"signed_on": "x"}]
)
def test_an_agreement_in_unknown_words_is_refused_and_nothing_moves(shaoyang: Any, say: Say, wrong: Any) -> None:
    with pytest.raises(Refused):
        say(shaoyang, "agreement_reported", **{**AGREED, **wrong})
    assert state() == STATES.CONTACTS_EXCHANGED
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("wrong", [{"success": 6}, {"success": None}, {"amount_band": "much"}, {"jobs": -1}])
def test_a_result_out_of_range_is_refused(shaoyang: Any, delivered: Say, wrong: Any) -> None:
    with pytest.raises(Refused):
        delivered(shaoyang, "outcome_reported", **{"success": 5, "amount_band": "none", **wrong})
    assert seen_by(shaoyang).my_outcome is None


def test_nothing_is_delivered_before_it_is_agreed(changde: Any, say: Say) -> None:
    for name, said in (
        ("delivery_reported", {"delivered_on": "2026-01-06"}),
        ("outcome_reported", {"success": 5, "amount_band": "none"}),
        ("dispute_raised", {"text": "没有"}),
    ):
        with pytest.raises(Refused):
            say(changde, name, **said)
    assert state() == STATES.CONTACTS_EXCHANGED


def test_what_came_to_nothing_says_why_and_frees_the_offer(changde: Any, shaoyang: Any, say: Say) -> None:
    say(changde, "no_deal_reported", reason="price", text="超出预算")
    found = seen_by(shaoyang).interest
    assert (found.status, found.get_no_deal_reason_display()) == (STATES.NO_DEAL, "价格未谈拢")
    assert not ExpressionOfInterest.objects.holding().exists()


def test_both_are_asked_how_far_it_is_after_ten_working_days_and_not_before(
    changde: Any, shaoyang: Any, say: Say
) -> None:
    [found] = ExpressionOfInterest.objects.all()
    assert found.ask_on == add_working_days(localdate(), TO_REPORT)
    assert not waits_for(changde)
    ExpressionOfInterest.objects.update(ask_on=LONG_AGO)
    assert waits_for(changde)
    assert waits_for(shaoyang)
    say(changde, "meeting_noted", met_on=localdate().isoformat())
    assert not waits_for(shaoyang)


def test_an_agreement_is_followed_up_and_a_delivery_waits_for_both(changde: Any, shaoyang: Any, say: Say) -> None:
    say(shaoyang, "agreement_reported", **AGREED)
    assert seen_by(changde).interest.ask_on == add_working_days(localdate(), TO_DELIVER)
    say(changde, "delivery_reported", delivered_on="2026-01-06")
    say(changde, "outcome_reported", success=4, amount_band="under_10k")
    assert (waits_for(changde), waits_for(shaoyang)) == (False, True)


def test_mediation_is_of_both_sides_own_will(changde: Any, shaoyang: Any, disputed: Say) -> None:
    assert (state(), waits_for(changde), waits_for(shaoyang)) == (STATES.DISPUTED, True, False)
    assert Dispute.objects.get().status == "open"
    disputed(changde, "mediation_asked")
    assert Dispute.objects.get().status == "mediation_asked"


def test_a_party_is_no_mediator(changde: Any, disputed: Say) -> None:
    disputed(changde, "mediation_asked")
    with pytest.raises(ValidationError):
        name(changde)


def test_the_mediator_reads_the_case_without_a_contact_and_settles_it(
    changde: Any, shaoyang: Any, mediated: Say, mediator: Any, tell: Any
) -> None:
    [case] = queries.mediations(chamber_id=mediator.pk)
    assert (case.is_waiting, case.dispute.about) == (True, "只讲了半小时")
    assert "02900001111" not in repr(case)
    assert queries.introductions(chamber_id=mediator.pk) == []
    for chamber in (changde, shaoyang):
        with pytest.raises(Refused):
            tell(chamber, "exchange.mediation_reported", dispute_id=str(case.dispute.pk), result="settled", text="x")
    tell(mediator, "exchange.mediation_reported", dispute_id=str(case.dispute.pk), result="settled", text="补讲一次")
    assert state() == STATES.DELIVERED
    seen = seen_by(changde).dispute
    assert seen is not None
    assert (seen.status, seen.ending) == ("settled", "补讲一次")


def test_without_settlement_it_ends_in_dispute(mediated: Say, mediator: Any, tell: Any) -> None:
    key = str(Dispute.objects.get().pk)
    tell(mediator, "exchange.mediation_reported", dispute_id=key, result="unsettled", text="各执一词")
    found = ExpressionOfInterest.objects.get()
    assert (found.status, found.no_deal_reason) == (STATES.NO_DEAL, "dispute")


def test_who_raised_a_dispute_can_say_that_it_is_settled_and_nobody_else(
    changde: Any, shaoyang: Any, disputed: Say
) -> None:
    with pytest.raises(Refused):
        disputed(changde, "dispute_settled")
    disputed(shaoyang, "dispute_settled", text="已说清")
    assert state() == STATES.DELIVERED


def test_a_side_that_takes_the_item_back_ends_the_dispute(mediated: Say, changde: Any, hunan: Any) -> None:
    with acting_as(SYSTEM), in_federation():
        carry_out(Whose(changde.pk, hunan.pk), [Item.MATCHING])
    assert Dispute.objects.get().status == "unsettled"
    assert state() == STATES.NO_DEAL


def test_a_mediator_that_takes_the_item_back_is_replaced(mediated: Say, mediator: Any, hunan: Any) -> None:
    with acting_as(SYSTEM), in_federation():
        carry_out(Whose(mediator.pk, hunan.pk), [Item.MATCHING])
    assert (Dispute.objects.get().status, queries.mediations(chamber_id=mediator.pk)) == ("mediation_asked", [])
