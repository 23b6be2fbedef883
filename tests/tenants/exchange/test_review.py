"""The chamber's own review before anything leaves, and what soon nobody finds any more."""

import datetime
from typing import Any

import pytest
from django.utils.timezone import localdate

from huiguan.actors import NotAllowed
from huiguan.outbox.models import Message
from tenants.exchange.models import Listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(write: Any) -> str:
    """An offer of 常德 that nobody has published; its address."""
    return f"/exchange/listing/{write('qin', kind='offer', title='酒店大礼堂', publish=False).pk}/"


def tasks(browser: Any) -> str:
    return str(browser.get("/tasks/").content.decode())


def test_what_an_officer_submits_waits_for_the_secretary_general_and_does_not_leave(
    draft: str, signed_in: Any, working: Any
) -> None:
    assert signed_in("peng").post(f"{draft}moves/submit/").status_code == 302
    assert draft in tasks(signed_in("qin"))
    working("peng")
    listing = Listing.objects.get()
    assert listing.status == "submitted"
    with pytest.raises(NotAllowed):
        listing.publish(federation=(None, ""), version=0)
    assert not Message.objects.filter(name__startswith="exchange.").exists()


def test_what_is_returned_is_a_task_of_its_author_with_the_reason(draft: str, signed_in: Any) -> None:
    signed_in("peng").post(f"{draft}moves/submit/")
    assert signed_in("peng").post(f"{draft}moves/send_back/", {"why": "写上容纳人数"}).status_code == 403
    assert signed_in("qin").post(f"{draft}moves/send_back/", {"why": "写上容纳人数"}).status_code == 302
    assert "写上容纳人数" in signed_in("peng").get(draft).content.decode()
    assert "酒店大礼堂" in tasks(signed_in("peng"))
    assert draft not in tasks(signed_in("qin"))


def test_what_was_submitted_is_published_as_it_is_read(draft: str, signed_in: Any, hunan: Any, working: Any) -> None:
    signed_in("peng").post(f"{draft}moves/submit/")
    said = {"federation": str(hunan.pk), "version": "0"}
    assert signed_in("qin").post(f"{draft}moves/publish/", said).status_code == 302
    working("qin")
    assert (Listing.objects.get().status, Message.objects.get(name="exchange.profile_published").content["title"]) == (
        "published",
        "酒店大礼堂",
    )


@pytest.mark.parametrize(
    ("days_left", "wanted_for", "renewable"), [(14, 400, True), (15, 400, False), (-3, 400, True), (5, 5, False)]
)
def test_what_soon_nobody_finds_can_be_renewed_while_it_is_wanted(
    write: Any, working: Any, days_left: int, wanted_for: int, renewable: bool
) -> None:
    write("qin", kind="offer", title="酒店大礼堂")
    working("qin")
    listing, today = Listing.objects.get(), localdate()
    listing.ends_on = today + datetime.timedelta(days=wanted_for)
    listing.published["valid_until"] = (today + datetime.timedelta(days=days_left)).isoformat()
    assert listing.can_be_renewed is renewable


def test_a_renewal_is_a_new_version_that_others_find_for_longer(
    write: Any, deliver: Any, signed_in: Any, hunan: Any, actor: Any
) -> None:
    from federation.matching.models import Profile
    from huiguan.actors import acting_as
    from huiguan.tenancy.binding import in_chamber
    from tests.conftest import host_of

    listing = write("qin", kind="offer", title="酒店大礼堂")
    deliver()
    with acting_as(actor("qin")), in_chamber(host_of("qin").chamber):
        kept = Listing.objects.get()
        kept.published["valid_until"] = localdate().isoformat()
        kept.save()
    address = f"/exchange/listing/{listing.pk}/moves/publish/"
    assert address in tasks(signed_in("qin"))
    signed_in("qin").post(address, {"federation": str(hunan.pk), "version": "1"})
    deliver()
    assert address not in tasks(signed_in("qin"))
    profile = Profile.objects.get()
    assert (profile.version, (profile.expires_on - localdate()).days) == (2, 180)
