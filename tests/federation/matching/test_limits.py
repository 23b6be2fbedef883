"""What can never be shown: each hard limit, on both sides of its edge."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from federation.matching.constraints import Reason, refusals
from federation.matching.profiles import Need, Offer

TODAY = date(2025, 11, 20)
NEED = Need(
    id="n",
    chamber="changde",
    title="两百人的会场",
    text="",
    category="VEN.HALL",
    region="610100",
    region_hard=True,
    quantity=Decimal(200),
    unit="seat",
    starts_on=date(2025, 12, 27),
    ends_on=date(2025, 12, 28),
    budget=Decimal(5000),
)
OFFER = Offer(
    id="o",
    chamber="shaoyang",
    title="礼堂",
    text="",
    category="VEN.HALL",
    regions=("610100",),
    capacity=Decimal(260),
    unit="seat",
    starts_on=date(2025, 11, 1),
    ends_on=date(2026, 12, 31),
    price=Decimal(4000),
)


def reasons(need: Need = NEED, offer: Offer = OFFER, on: date = TODAY) -> list[Reason]:
    return refusals(need, offer, on=on)


def test_a_fitting_offer_breaks_no_limit() -> None:
    assert reasons() == []


def test_a_chamber_is_never_matched_with_itself() -> None:
    assert reasons(offer=replace(OFFER, chamber="changde")) == [Reason.OWN_CHAMBER]


@pytest.mark.parametrize(
    "change",
    [{"status": "paused"}, {"slots": 0}, {"expires_on": date(2025, 11, 19)}, {"ends_on": date(2025, 11, 19)}],
)
def test_an_offer_that_is_not_open_is_refused(change: dict[str, object]) -> None:
    assert Reason.NOT_OPEN in reasons(offer=replace(OFFER, **change))  # type: ignore[arg-type]


def test_an_offer_is_seen_only_by_those_it_is_published_to() -> None:
    for_others = replace(OFFER, visible_to=frozenset({"hengyang"}))
    assert reasons(offer=for_others) == [Reason.NOT_VISIBLE]
    assert reasons(offer=replace(OFFER, visible_to=frozenset({"changde"}))) == []


@pytest.mark.parametrize(
    "change",
    [
        {"status": "paused"},
        {"expires_on": date(2025, 11, 19)},
        {"starts_on": date(2025, 11, 1), "ends_on": date(2025, 11, 19)},
    ],
)
def test_a_need_that_is_not_open_is_refused(change: dict[str, object]) -> None:
    assert Reason.NOT_OPEN in reasons(need=replace(NEED, **change))  # type: ignore[arg-type]
    assert reasons(need=replace(NEED, expires_on=TODAY)) == []


def test_a_need_is_answered_only_by_those_it_is_published_to() -> None:
    assert reasons(need=replace(NEED, visible_to=frozenset({"hengyang"}))) == [Reason.NOT_VISIBLE]
    assert reasons(need=replace(NEED, visible_to=frozenset({"shaoyang"}))) == []


def test_every_limit_of_the_specification_has_a_reason_in_words_and_only_harmless_ones_are_told() -> None:
    """[federation.md A.3] What is told must not say what another chamber keeps to itself."""
    from django.utils.translation import override

    from federation.matching.constraints import LIMITS
    from federation.matching.ranking import TELLABLE

    assert set(LIMITS) == set(Reason)
    with override("zh-hans"):
        said = {str(reason.label) for reason in Reason}
    assert len(said) == len(Reason) == 8
    assert not any(label.isascii() for label in said)
    assert set(Reason) - TELLABLE == {Reason.OWN_CHAMBER, Reason.NOT_OPEN, Reason.NOT_VISIBLE}


def test_a_venue_must_be_free_on_every_day_asked_for() -> None:
    free_on_one_day = replace(OFFER, ends_on=date(2025, 12, 27))
    assert reasons(offer=free_on_one_day) == [Reason.WINDOW]


def test_a_speaker_needs_only_one_common_day() -> None:
    speaker = replace(OFFER, category="EXP.LAW", ends_on=date(2025, 12, 27))
    assert reasons(offer=speaker) == []
    assert reasons(offer=replace(speaker, ends_on=date(2025, 12, 26))) == [Reason.WINDOW]


def test_the_window_follows_what_is_offered_when_the_category_of_the_need_is_wrong() -> None:
    free_on_one_day = replace(OFFER, ends_on=date(2025, 12, 27))
    assert reasons(need=replace(NEED, category="EXP.LAW"), offer=free_on_one_day) == [Reason.WINDOW]
    assert reasons(need=replace(NEED, category=None), offer=free_on_one_day) == [Reason.WINDOW]


@pytest.mark.parametrize(
    ("served", "is_there"),
    [("610100", True), ("610000", True), ("000000", True), ("610113", True), ("610300", False), ("ONLINE", False)],
)
def test_a_hard_region_must_be_served_on_the_spot(served: str, is_there: bool) -> None:
    offer = replace(OFFER, regions=(served,))
    assert (reasons(offer=offer) == []) is is_there
    assert reasons(need=replace(NEED, region_hard=False), offer=offer) == []


def test_capacity_counts_whenever_the_units_are_equal_whatever_the_categories_say() -> None:
    small = replace(OFFER, capacity=Decimal(199), category="COP.VISIT")
    assert reasons(offer=small) == [Reason.CAPACITY]
    assert reasons(offer=replace(small, unit="person")) == []


def test_a_budget_may_be_met_but_not_passed() -> None:
    assert reasons(offer=replace(OFFER, price=Decimal(5000))) == []
    assert reasons(offer=replace(OFFER, price=Decimal("5000.01"))) == [Reason.BUDGET]
    assert reasons(need=replace(NEED, budget=None), offer=replace(OFFER, price=Decimal(10**9))) == []


def test_every_broken_limit_is_told() -> None:
    offer = replace(OFFER, price=Decimal(9000), capacity=Decimal(10), regions=("330100",))
    assert reasons(offer=offer) == [Reason.REGION, Reason.CAPACITY, Reason.BUDGET]
