"""Writing, previewing and publishing needs and offers."""

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from federation.matching.models import Profile
from huiguan.actors import NotAllowed
from huiguan.outbox.models import Message
from tenants.exchange.models import Listing

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "need", "title": "请人讲经济形势", "text": "年会用", "category": "EXP.MACRO", "regions": ["610100"],
    "quantity": "200", "unit": "person",
    "price": "5000", "starts_on": "2026-01-01", "ends_on": "2099-12-31", "slots": "1",
    "visibility": "federation", "is_named": "on",
}  # fmt: skip


def sent() -> Any:
    return Message.objects.filter(name__startswith="exchange.")


def url(listing: Any, *parts: str) -> str:
    return "/".join(["/exchange/listing", str(listing.pk), *parts]) + "/"


def test_an_officer_writes_but_only_the_secretary_general_publishes(write: Any, working: Any, signed_in: Any) -> None:
    listing = write("qin", kind="offer", title="礼堂", publish=False)
    assert signed_in("peng").get(url(listing, "edit")).status_code == 200
    assert signed_in("peng").get(url(listing, "moves", "publish")).status_code == 403
    working("peng")
    with pytest.raises(NotAllowed):
        Listing.objects.get().publish(federation=(None, ""), version=0)


def test_saving_a_draft_sends_nothing(signed_in: Any, working: Any) -> None:
    answer = signed_in("qin").post("/exchange/listing/new/", FORM)
    assert answer.status_code == 302
    working("qin")
    assert Listing.objects.get().status == "draft"
    assert not sent().exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "offer", "category": ""}, "category"),
        ({"regions": ["610100", "430000"]}, "regions"),
        ({"visibility": "selected"}, "chosen"),
        ({"price": "-1"}, "price"),
        ({"title": "太" * 41}, "title"),
        ({"member_agreed_on": "2026-01-01"}, "member"),
    ],
)
def test_a_form_says_what_is_wrong_where_it_is_wrong(
    hunan: Any, signed_in: Any, wrong: dict[str, Any], field: str
) -> None:
    answer = signed_in("qin").post("/exchange/listing/new/", {**FORM, **wrong})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]


def test_an_end_before_the_start_is_refused(signed_in: Any) -> None:
    answer = signed_in("qin").post("/exchange/listing/new/", {**FORM, "ends_on": "2025-01-01"})
    assert answer.context["form"].errors


def test_the_preview_shows_word_for_word_what_will_leave(
    write: Any, signed_in: Any, working: Any, deliver: Any
) -> None:
    listing = write(
        "qin", kind="offer", title="礼堂", publish=False, contact_name="秦若兰", contact_phone="02900001111"
    )
    page = signed_in("qin").get(url(listing, "moves", "publish")).content.decode()
    signed_in("qin").post(url(listing, "moves", "publish"), {"federation": _federation(), "version": "0"})
    working("qin")
    [message] = sent()
    for key, value in message.content.items():
        if isinstance(value, str) and value:
            assert value in page, key
    assert "秦若兰" not in str(message.content)
    assert "02900001111" not in str(message.content)


def test_what_was_previewed_is_exactly_what_the_federation_has(write: Any, deliver: Any) -> None:
    listing = write("qin", kind="offer", title="礼堂", price="4000.50", is_named=False)
    deliver()
    profile = Profile.objects.get(pk=listing.pk)
    assert (profile.title, str(profile.price), profile.is_named, profile.version) == ("礼堂", "4000.50", False, 1)
    assert profile.quantity == 200


def test_nobody_publishes_words_that_changed_while_they_were_read(write: Any, working: Any, hunan: Any) -> None:
    listing = write("qin", kind="offer", title="礼堂")
    working("qin")
    with pytest.raises(ValidationError):
        listing.publish(federation=(hunan.pk, hunan.name), version=0)
    listing.publish(federation=(hunan.pk, hunan.name), version=1)
    assert sent().count() == 2


def test_a_members_need_leaves_only_with_the_members_consent_and_without_its_name(
    write: Any, working: Any, hunan: Any
) -> None:
    from tenants.members.models import Member

    listing = write("qin", kind="need", title="周转资金", beneficiary="一家建材企业", publish=False)
    working("qin")
    listing.member = Member(kind="enterprise", name="西安某某建材有限公司")
    listing.member.save()
    listing.save()
    with pytest.raises(ValidationError):
        listing.publish(federation=(hunan.pk, hunan.name), version=0)
    assert not sent().exists()
    listing.member_agreed_on = datetime.date(2026, 1, 1)
    listing.save()
    listing.publish(federation=(hunan.pk, hunan.name), version=0)
    [message] = sent()
    assert "某某" not in str(message.content)
    assert message.content["for"] == "一家建材企业"


def test_a_change_after_publishing_is_noticed_until_it_is_published_again(write: Any, working: Any, hunan: Any) -> None:
    listing = write("qin", kind="offer", title="礼堂")
    working("qin")
    assert not listing.is_changed
    listing.title = "大礼堂"
    listing.save()
    assert Listing.objects.get().is_changed
    listing.publish(federation=(hunan.pk, hunan.name), version=1)
    assert not Listing.objects.get().is_changed


def test_what_is_taken_back_disappears_from_the_federation(write: Any, signed_in: Any, deliver: Any) -> None:
    listing = write("qin", kind="offer", title="礼堂")
    deliver()
    signed_in("qin").post(url(listing, "moves", "withdraw"))
    deliver()
    assert Profile.objects.get(pk=listing.pk).status == "withdrawn"


def test_a_refusal_is_told_where_the_listing_is(
    write: Any, deliver: Any, signed_in: Any, working: Any, hunan: Any
) -> None:
    from federation.registry.models import Membership
    from huiguan.actors import SYSTEM, acting_as
    from huiguan.tenancy.binding import in_federation

    listing = write("qin", kind="offer", title="礼堂")
    with acting_as(SYSTEM), in_federation():
        for membership in Membership.objects.all():
            membership.accept(items=["directory"], version=1, on=membership.joined_on)
    deliver()
    page = signed_in("qin").get(url(listing)).content.decode()
    working("qin")
    assert listing.trouble().last_error in page


def _federation() -> str:
    from tests.conftest import federation

    return str(federation().pk)


@pytest.mark.parametrize(("is_published", "first"), [(True, "最佳匹配"), (False, "提交审核")])
def test_a_page_says_by_its_one_coloured_button_what_comes_next(
    write: Any, signed_in: Any, is_published: bool, first: str
) -> None:
    listing = write("qin", kind="offer", title="经济学教授年会主旨演讲", publish=is_published)
    page = BeautifulSoup(signed_in("qin").get(f"/exchange/listing/{listing.pk}/").content, "html.parser")
    shown = page.select(".page-body .btn-primary, .page-header .btn-primary")
    assert [button.get_text(strip=True) for button in shown] == [first]
