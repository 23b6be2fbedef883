"""A chamber takes the item `benchmarking` back, leaves, or is erased: releases stay, the next is without it."""

from typing import Any

import pytest

from federation.benchmarking import releasing
from federation.benchmarking.models import Place
from federation.registry.items import Item
from huiguan.inbox.handlers import Refused, hand_over
from huiguan.tenancy.binding import in_federation
from tests.support.threads import overlapping

WITHOUT = [item for item in Item.values if item != Item.BENCHMARKING]


def contributors(release: Any) -> set[Any]:
    with in_federation():
        return set(Place.objects.filter(release=release).values_list("chamber_id", flat=True))


def test_what_was_sent_and_not_released_is_in_no_release(house: Any, published: Any) -> None:
    """T06: revokes its consent."""
    chambers = [house.joined() for _n in range(8)]
    release = house.opened()
    for chamber_id in chambers[1:]:
        house.send(chamber_id, 80)
    house.send(chambers[0], 20)
    house.accept(chambers[0], WITHOUT)
    house.frozen(release)
    assert contributors(release) == set(chambers[1:])
    assert published(release)[0]["median"] == 80


def test_accepting_again_brings_no_figure_back_and_sending_again_does(house: Any) -> None:
    chambers = [house.joined() for _n in range(8)]
    release = house.opened()
    for chamber_id in chambers:
        house.send(chamber_id, 80)
    for chamber_id in chambers[:2]:
        house.accept(chamber_id, WITHOUT)
        house.accept(chamber_id, Item.values)
    house.send(chambers[1], 81)
    house.frozen(release)
    assert contributors(release) == set(chambers[1:])


def test_a_release_that_is_made_stays_as_it_is_whoever_goes(house: Any, published: Any) -> None:
    """T06: old releases unchanged."""
    chambers = [house.joined() for _n in range(8)]
    release = house.opened()
    for number, chamber_id in enumerate(chambers):
        house.send(chamber_id, 70 + number)
    house.frozen(release)
    before = published(release), contributors(release)
    house.accept(chambers[0], WITHOUT)
    hand_over(house.said(chambers[1], "affiliation.left", reason=""))
    releasing.freeze(str(release.pk))
    assert (published(release), contributors(release)) == before


def test_who_left_is_not_in_the_next_release_and_its_cohorts_are_still_far_apart(house: Any, published: Any) -> None:
    """T06 with T03: after one of thirteen has gone, only the eight who are the same as before are published."""
    here, there = [house.joined() for _n in range(8)], [house.joined(region="430700") for _n in range(5)]
    releases = [house.opened(2), house.opened(3)]
    for quarter, release in ((2, releases[0]), (3, releases[1])):
        for chamber_id in [*here, *there]:
            house.send(chamber_id, 80, quarter=quarter)
        if quarter == 3:
            hand_over(house.said(there[0], "affiliation.left", reason=""))
        house.frozen(release)
    cohorts = [{(row["facet"], row["value"]) for row in published(r)} for r in releases]
    assert cohorts[0] >= {("all", ""), ("province", "61")}
    assert cohorts[1] == {("province", "61")}
    assert contributors(releases[1]) == {*here, *there[1:]}


def test_a_chamber_that_is_erased_is_in_no_later_release(house: Any) -> None:
    """T06: is deleted. It cannot say any more that it takes its consent back."""
    from huiguan.tenancy.models import Chamber
    from tests.conftest import chamber

    changde = chamber("changde")
    chambers = [changde.pk, *(house.joined() for _n in range(7))]
    release = house.opened()
    for chamber_id in chambers:
        house.send(chamber_id, 80)
    Chamber.objects.filter(pk=changde.pk).update(status=Chamber.Status.ERASED)
    house.frozen(release)
    assert contributors(release) == set(chambers[1:])


def test_a_figure_on_its_way_when_the_item_was_taken_back_is_refused_for_good(house: Any) -> None:
    chamber_id = house.joined()
    on_its_way = house.figures(chamber_id, value=80)
    house.accept(chamber_id, WITHOUT)
    house.accept(chamber_id, Item.values)
    with pytest.raises(Refused):
        hand_over(on_its_way)


@pytest.mark.parametrize("is_taken_back_first", [True, False])
def test_taking_back_and_releasing_at_once_come_one_after_the_other(house: Any, is_taken_back_first: bool) -> None:
    chambers = [house.joined() for _n in range(8)]
    release = house.opened()
    for chamber_id in chambers:
        house.send(chamber_id, 80)
    with in_federation():
        release.freeze()
    both = [lambda: house.accept(chambers[0], WITHOUT), lambda: releasing.freeze(str(release.pk))]
    overlapping(*(both if is_taken_back_first else reversed(both)))
    assert (chambers[0] in contributors(release)) is not is_taken_back_first
    with in_federation():
        release.refresh_from_db()
    assert release.status == "frozen"
