"""Searching what others publish, saving the search, and being told of each find once."""

import datetime
from typing import Any

import pytest
from django.utils.timezone import localdate

from huiguan.deliveries.models import Delivery
from tenants.exchange.models import Find, Listing, SavedSearch

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(signed_in: Any) -> Any:
    """`found("dai", words=…)`: the titles on her page."""
    return lambda key, **asked: [p.title for p in signed_in(key).get("/exchange/shelf/", asked).context["found"]]


@pytest.fixture
def inside(actor: Any) -> Any:
    """`inside("dai", work)`: done as her, in her chamber."""
    from huiguan.actors import acting_as
    from huiguan.tenancy.binding import in_chamber
    from tests.conftest import host_of

    def do(key: str, work: Any) -> Any:
        with acting_as(actor(key)), in_chamber(host_of(key).chamber):
            return work()

    return do


@pytest.fixture
def look(inside: Any) -> Any:
    """`look("dai")`: the titles of what is new for her chamber, as the worker finds it."""
    from huiguan.actors import current_actor
    from tenants.exchange.looking import look as look_once

    return lambda key: inside(key, lambda: [find.title for find in look_once(chamber_id=current_actor().chamber_id)])


@pytest.fixture
def saved(signed_in: Any) -> Any:
    """邵阳 looks for halls in 西安."""
    said = {"name": "西安会场", "kind": "offer", "words": "礼堂", "category": "VEN", "region": "610100"}
    assert signed_in("dai").post("/exchange/savedsearch/new/", said).status_code == 302


HALL = {"kind": "offer", "category": "VEN.HALL", "title": "酒店大礼堂", "unit": "seat"}


def test_words_category_and_region_narrow_what_others_publish(write: Any, deliver: Any, found: Any) -> None:
    write("qin", **HALL, text="带LED大屏")
    write("qin", kind="offer", title="经济学教授演讲", regions=["430700"])
    write("qin", kind="need", title="找人讲课")
    deliver()
    assert found("dai") == ["经济学教授演讲", "酒店大礼堂"]
    assert found("dai", kind="need") == ["找人讲课"]
    assert found("dai", words="礼堂") == found("dai", words="禮堂") == found("dai", words="大屏 led") == ["酒店大礼堂"]
    assert found("dai", category="VEN") == found("dai", category="VEN.HALL") == ["酒店大礼堂"]
    assert found("dai", region="430000") == ["经济学教授演讲"]
    assert found("dai", words="礼堂 教授") == []


def test_nobody_finds_their_own_nor_what_is_not_published_to_them(
    write: Any, deliver: Any, found: Any, inside: Any, changde: Any
) -> None:
    write("qin", **HALL, visibility="selected", chosen=[changde.pk])
    write("qin", kind="offer", title="还是草稿", publish=False)
    listing = write("qin", kind="offer", title="经济学教授演讲")
    deliver()
    assert (found("dai"), found("qin")) == (["经济学教授演讲"], [])
    inside("qin", lambda: Listing.objects.get(pk=listing.pk).pause())
    deliver()
    assert found("dai") == []


def test_a_new_offer_that_fits_a_saved_search_is_told_once(
    write: Any, deliver: Any, saved: Any, look: Any, inside: Any, signed_in: Any
) -> None:
    assert look("dai") == []
    write("qin", **HALL)
    write("qin", kind="offer", title="经济学教授演讲")
    deliver()
    assert look("dai") == ["酒店大礼堂"]
    assert look("dai") == []
    told = inside("dai", lambda: list(Delivery.objects.values_list("subject", flat=True)))
    assert told
    assert all("酒店大礼堂" in subject for subject in told)
    assert "/exchange/finds/" in signed_in("dai").get("/tasks/").content.decode()


def test_a_new_version_is_not_told_again(
    write: Any, deliver: Any, saved: Any, look: Any, inside: Any, hunan: Any
) -> None:
    listing = write("qin", **HALL)
    deliver()
    assert look("dai") == ["酒店大礼堂"]
    inside("qin", lambda: Listing.objects.get(pk=listing.pk).publish(federation=(hunan.pk, hunan.name), version=1))
    deliver()
    assert look("dai") == []


def test_a_search_that_was_switched_off_tells_nothing_and_forgets_what_came_meanwhile(
    write: Any, deliver: Any, saved: Any, look: Any, inside: Any
) -> None:
    inside("dai", lambda: SavedSearch.objects.get().switch_off())
    write("qin", **HALL)
    deliver()
    assert look("dai") == []
    inside("dai", lambda: SavedSearch.objects.get().switch_on())
    assert look("dai") == []


def test_an_open_need_is_told_of_a_new_match_and_not_of_what_was_there(write: Any, deliver: Any, look: Any) -> None:
    write("qin", kind="offer", title="经济学教授年会主旨演讲", price=3000)
    deliver()
    write("dai", kind="need", title="请教授讲经济形势", price=5000)
    deliver()
    assert look("dai") == []
    write("qin", kind="offer", title="经济形势教授报告", price=4000)
    deliver()
    assert look("dai") == ["经济形势教授报告"]


def test_a_need_whose_owner_wants_no_alerts_has_none(write: Any, deliver: Any, look: Any) -> None:
    write("dai", kind="need", title="请教授讲经济形势", is_told=False)
    deliver()
    write("qin", kind="offer", title="经济形势教授报告")
    deliver()
    assert look("dai") == []


def test_an_urgent_need_is_told_to_the_chamber_whose_offer_fits(
    write: Any, deliver: Any, look: Any, inside: Any, signed_in: Any, hunan: Any
) -> None:
    write("qin", kind="offer", title="经济形势教授报告", lead_time_hours=12)
    deliver()
    need = write("dai", kind="need", title="主讲教授临时缺席急请讲经济形势", publish=False)
    soon = {"starts_on": localdate(), "ends_on": localdate() + datetime.timedelta(days=1)}
    inside("dai", lambda: Listing.objects.filter(pk=need.pk).update(**soon))

    def publish() -> None:
        Listing.objects.get(pk=need.pk).publish(federation=(hunan.pk, hunan.name), version=0)

    inside("dai", publish)
    deliver()
    assert look("qin") == [need.title]
    assert inside("qin", lambda: Find.objects.get().is_urgent)
    assert any("紧急" in s for s in inside("qin", lambda: list(Delivery.objects.values_list("subject", flat=True))))
    assert "紧急" in signed_in("qin").get("/exchange/finds/").content.decode()


def test_finds_leave_the_tasks_when_they_were_read(
    write: Any, deliver: Any, saved: Any, look: Any, inside: Any, signed_in: Any
) -> None:
    write("qin", **HALL)
    deliver()
    look("dai")
    page = signed_in("dai").get("/exchange/finds/")
    [find] = page.context["finds"]
    assert signed_in("dai").post("/exchange/finds/reading/", {"finds": [str(find.pk)]}).status_code == 302
    assert inside("dai", lambda: Find.objects.unread().count()) == 0
