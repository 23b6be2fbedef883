"""A member's page shows what it needs and can give; what is published stands in its timeline and counts for it."""

import datetime
from typing import Any

import pytest
from django.utils.timezone import localdate

from huiguan.screens.timeline import timeline_of
from tenants.exchange.of_members import MUCH, SOME, taking_part

pytestmark = [pytest.mark.django_db, pytest.mark.urls("huiguan.urls_chamber")]
AGREED = {"member_agreed_on": datetime.date(2026, 1, 1)}


@pytest.fixture
def member(as_person: Any) -> Any:
    from tenants.members.models import Member

    with as_person("qin"):
        return Member.objects.create(name="湘味餐饮")


def test_a_members_page_lists_its_needs_and_offers_and_nobody_elses(write: Any, member: Any, signed_in: Any) -> None:
    write("qin", kind="need", title="请人讲经济形势", member=member, publish=False, **AGREED)
    write("qin", kind="offer", title="大礼堂", publish=False)
    page = signed_in("qin").get(f"/members/member/{member.pk}/").content.decode()
    assert "请人讲经济形势" in page
    assert "大礼堂" not in page
    assert f"?kind=need&amp;member={member.pk}" in page


def test_the_link_there_opens_a_form_that_knows_the_member(member: Any, signed_in: Any) -> None:
    form = signed_in("qin").get(f"/exchange/listing/new/?kind=offer&member={member.pk}").context["form"]
    assert str(form["member"].value()) == str(member.pk)
    assert form["kind"].value() == "offer"


def test_what_was_published_stands_in_the_members_timeline(write: Any, member: Any, as_person: Any, actor: Any) -> None:
    listing = write("qin", kind="need", title="请人讲经济形势", member=member, **AGREED)
    write("qin", kind="offer", title="还是草稿", member=member, publish=False, **AGREED)
    qin = actor("qin")
    with as_person("qin"):
        [entry] = timeline_of(member, qin, "exchange.published_for").entries
    assert entry["at"] == listing.published_at
    assert "请人讲经济形势" in entry["verb"]


def test_a_published_listing_counts_more_than_a_draft_and_an_old_one_not_at_all(
    write: Any, member: Any, as_person: Any
) -> None:
    today, year = localdate(), datetime.timedelta(days=365)
    write("qin", kind="need", title="请人讲经济形势", member=member, publish=False, **AGREED)
    with as_person("qin"):
        assert taking_part(None, today - year, today)[member.pk].value == SOME
        assert taking_part(None, today - 3 * year, today - 2 * year) == {}
    write("qin", kind="offer", title="大礼堂", member=member, **AGREED)
    with as_person("qin"):
        assert taking_part([member.pk], today - year, today)[member.pk].value == MUCH
