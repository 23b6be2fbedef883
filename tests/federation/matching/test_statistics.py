"""What came of the matching, counted for both chambers, and who gave what to whom."""

from typing import Any
from uuid import UUID

import pytest
from django.utils.timezone import localdate

from federation.matching.models import ExpressionOfInterest
from federation.matching.statistics import Tally, tallies_in, tally_of
from huiguan.keys import uuid7
from huiguan.kpis import Period

pytestmark = pytest.mark.django_db
THIS_YEAR = Period.calendar_year(localdate().year)


@pytest.fixture
def closed(changde: Any, shaoyang: Any, pair: tuple[UUID, UUID], tell: Any) -> None:
    """常德 gave 邵阳 a speaker; the two sides differ on what it was worth."""
    key = str(uuid7())
    day = localdate().isoformat()
    tell(shaoyang, "exchange.interest_sent", interest_id=key, need_id=str(pair[0]), offer_id=str(pair[1]))
    tell(changde, "exchange.interest_answered", interest_id=key, answer="accept")
    for chamber in (changde, shaoyang):
        tell(chamber, "exchange.contact_disclosed", interest_id=key, contact_name="秘书处", contact_phone="02900001111")
    tell(shaoyang, "exchange.meeting_noted", interest_id=key, met_on=day)
    agreed = {"kind": "service", "value_band": "under_1m", "signed_on": day}
    tell(shaoyang, "exchange.agreement_reported", interest_id=key, **agreed)
    tell(changde, "exchange.delivery_reported", interest_id=key, delivered_on=day)
    tell(shaoyang, "exchange.outcome_reported", interest_id=key, success=5, amount_band="under_10k")
    tell(changde, "exchange.outcome_reported", interest_id=key, success=5, amount_band="under_100k")


def tally(chamber: Any) -> Tally:
    return tally_of(chamber_id=chamber.pk, period=THIS_YEAR)


def test_an_introduction_is_counted_for_both_chambers(changde: Any, shaoyang: Any, closed: None) -> None:
    giving, receiving = tally(changde), tally(shaoyang)
    for one in (giving, receiving):
        assert (one.introduced, one.met, one.agreed, one.confirmed, one.disputed) == (1, 1, 1, 1, 0)
    assert (giving.needs, giving.offers, giving.asked, giving.asking) == (0, 1, 1, 0)
    assert (receiving.needs, receiving.offers, receiving.asked, receiving.asking) == (1, 0, 0, 1)
    assert giving.first_answer is not None
    assert receiving.first_answer is None


def test_the_lower_of_two_values_counts(changde: Any, closed: None) -> None:
    assert {band: n for band, n in tally(changde).bands.items() if n} == {"under_10k": 1}


def test_what_one_chamber_gave_the_other_received(changde: Any, shaoyang: Any, closed: None) -> None:
    [given], [received] = tally(changde).balances.values(), tally(shaoyang).balances.values()
    assert (given.name, given.given, given.received) == (shaoyang.name, 1, 0)
    assert (received.name, received.given, received.received) == (changde.name, 0, 1)


def test_another_year_counts_nothing_of_it(changde: Any, closed: None) -> None:
    assert tally_of(chamber_id=changde.pk, period=Period.calendar_year(2020)) == Tally()


def test_a_federations_sums_are_those_of_its_chambers(hunan: Any, changde: Any, shaoyang: Any, closed: None) -> None:
    rows = dict(tallies_in(federation_id=hunan.pk, period=THIS_YEAR))
    assert (rows[changde.name], rows[shaoyang.name]) == (tally(changde), tally(shaoyang))


def test_who_did_not_answer_in_time_is_counted(changde: Any, shaoyang: Any, pair: tuple[UUID, UUID], tell: Any) -> None:
    from huiguan.actors import SYSTEM, acting_as

    need, offer = map(str, pair)
    tell(shaoyang, "exchange.interest_sent", interest_id=str(uuid7()), need_id=need, offer_id=offer)
    with acting_as(SYSTEM):
        ExpressionOfInterest.objects.get().lapse()
    assert (tally(changde).unanswered, tally(shaoyang).unanswered) == (1, 0)


def test_a_coordinator_reads_all_chambers_and_no_member(
    hunan: Any, publish: Any, shaoyang: Any, closed: None, signed_in: Any
) -> None:
    publish(shaoyang, "need", **{"for": "星河建材有限公司"})
    page = signed_in("lian").get("/matching/statistics/").content.decode()
    assert shaoyang.name in page
    assert "星河建材" not in page


def test_a_chamber_reads_its_own_page_only(closed: None, signed_in: Any) -> None:
    assert "收" in signed_in("qin").get("/exchange/statistics/").content.decode()
    assert signed_in("qin").get("/exchange/statistics/?year=x").status_code == 200
    assert signed_in("qin").get("/matching/statistics/").status_code == 404
