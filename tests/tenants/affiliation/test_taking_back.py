"""A secretary-general takes an item back: what ends is read before, said in the ledger, and done once."""

import datetime
from typing import Any

import pytest
from django.utils.translation import override

from huiguan.outbox.models import Message

pytestmark = pytest.mark.django_db
KEPT = ["directory", "liaison", "data_calls", "benchmarking"]
SOON, LATER = datetime.date(2026, 1, 1), datetime.date(2099, 12, 31)


@pytest.fixture
def url(changde: Any, hunan: Any, as_person: Any) -> str:
    """The page of 常德's membership."""
    from tenants.affiliation.models import Affiliation

    with as_person("qin"):
        return f"/affiliation/{Affiliation.objects.current().get().pk}/"


@pytest.fixture
def listed(hunan: Any, as_person: Any, arrive: Any) -> list[Any]:
    """Two offers and a need of 常德, published, and a draft."""
    from tenants.exchange.models import Listing

    with as_person("qin"):
        listings = [
            Listing(kind=kind, title=title, category="VEN.HALL", starts_on=SOON, ends_on=LATER)
            for kind, title in (("offer", "礼堂"), ("offer", "会议室"), ("need", "投影仪"), ("offer", "草稿"))
        ]
        for listing in listings:
            listing.save()
        for listing in listings[:3]:
            listing.publish(federation=(hunan.pk, hunan.name), version=0)
    arrive()
    return listings


def take_back(browser: Any, url: str, items: list[str]) -> Any:
    """Reads what ends, then confirms it."""
    asked = browser.post(f"{url}items/", {"items": items, "version": 1})
    return browser.post(f"{url}items/", {"items": items, "version": 1, "read": asked.context["read"]})


def ends_of(message: Any) -> list[str]:
    found: list[str] = message.content["ends"]
    return found


def test_nothing_happens_before_it_was_read_what_ends(url: str, listed: Any, signed_in: Any, as_person: Any) -> None:
    from tenants.affiliation.models import Affiliation
    from tenants.exchange.models import Listing

    page = signed_in("qin").post(f"{url}items/", {"items": KEPT, "version": 1})
    assert page.status_code == 200
    with as_person("qin"):
        assert "matching" in Affiliation.objects.current().get().items
        assert Listing.objects.filter(status="published").count() == 3
        assert not Message.objects.filter(name="affiliation.items_changed").exists()


def test_the_page_says_in_numbers_what_ends(url: str, listed: Any, signed_in: Any) -> None:
    with override("en"):
        page = signed_in("qin").post(f"{url}items/", {"items": KEPT, "version": 1}, headers={"accept-language": "en"})
    [(clause, sentences)] = page.context["clauses"]
    assert clause.item == "matching"
    assert len(sentences) == 2
    for sentence in sentences:
        assert sentence in page.content.decode()
    assert ["1" in sentences[0], "2" in sentences[1]] == [True, True]


def test_accepting_more_asks_nothing(url: str, signed_in: Any, as_person: Any) -> None:
    browser = signed_in("qin")
    take_back(browser, url, KEPT)
    assert browser.post(f"{url}items/", {"items": [*KEPT, "matching"], "version": 1}).status_code == 302


def test_what_was_read_is_what_the_ledger_says_and_the_listings_say_why(
    url: str, listed: Any, signed_in: Any, as_person: Any
) -> None:
    from tenants.exchange.models import Listing

    browser = signed_in("qin")
    asked = browser.post(f"{url}items/", {"items": KEPT, "version": 1})
    read = [sentence for _clause, sentences in asked.context["clauses"] for sentence in sentences]
    confirmed = {"items": KEPT, "version": 1, "read": asked.context["read"]}
    assert browser.post(f"{url}items/", confirmed).status_code == 302
    with as_person("qin"):
        message = Message.objects.get(name="affiliation.items_changed")
        assert ends_of(message) == read
        states = dict(Listing.objects.values_list("title", "status"))
        why = Listing.objects.get(title="礼堂").ended_because
    assert states == {"礼堂": "taken_back", "会议室": "taken_back", "投影仪": "taken_back", "草稿": "draft"}
    assert read[0] in browser.get(f"/ledger/message/{message.pk}/").content.decode()
    assert read[0] in browser.get(url).content.decode()
    assert why in browser.get(f"/exchange/listing/{listed[0].pk}/").content.decode()


def test_who_read_something_else_reads_again(url: str, listed: Any, signed_in: Any, as_person: Any) -> None:
    from tenants.affiliation.models import Affiliation

    browser = signed_in("qin")
    asked = browser.post(f"{url}items/", {"items": KEPT, "version": 1})
    with as_person("qin"):
        listed[0].withdraw()
    again = browser.post(f"{url}items/", {"items": KEPT, "version": 1, "read": asked.context["read"]})
    assert again.status_code == 200
    assert again.context["changed"] is not None
    assert again.context["read"] != asked.context["read"]
    with as_person("qin"):
        assert "matching" in Affiliation.objects.current().get().items
    assert browser.post(
        f"{url}items/", {"items": KEPT, "version": 1, "read": again.context["read"]}
    ).status_code == 302  # fmt: skip


def test_leaving_reads_first_and_keeps_the_reason_that_was_typed(
    url: str, listed: Any, signed_in: Any, as_person: Any, arrive: Any
) -> None:
    from federation.matching.models import Profile
    from tenants.affiliation.models import Affiliation
    from tenants.exchange.models import Listing

    browser = signed_in("qin")
    page = browser.get(f"{url}departure/")
    assert {clause.item for clause, _ends in page.context["clauses"]} == {*KEPT, "matching"}
    blind = browser.post(f"{url}departure/", {"reason": "合并到省商会"})
    assert blind.status_code == 200
    assert "合并到省商会" in blind.content.decode()
    read = blind.context["form"].initial["read"]
    assert browser.post(f"{url}departure/", {"reason": "合并到省商会", "read": read}).status_code == 302
    arrive()
    with as_person("qin"):
        assert Affiliation.objects.get().status == "left"
        assert set(Listing.objects.values_list("status", flat=True)) == {"taken_back", "draft"}
        assert len(ends_of(Message.objects.get(name="affiliation.left"))) == 2
    assert set(Profile.objects.values_list("status", flat=True)) == {"taken_back"}


def test_a_reason_that_is_too_long_comes_back(url: str, signed_in: Any, as_person: Any) -> None:
    browser = signed_in("qin")
    read = browser.get(f"{url}departure/").context["read"]
    answer = browser.post(f"{url}departure/", {"reason": "长" * 501, "read": read})
    assert list(answer.context["form"].errors) == ["reason"]


def test_an_officer_may_not_even_confirm(url: str, signed_in: Any) -> None:
    assert signed_in("tan").post(f"{url}items/", {"items": KEPT, "version": 1, "read": "x"}).status_code == 403


def test_the_trail_names_the_person_and_every_listing_that_ended(
    url: str, listed: Any, signed_in: Any, as_person: Any
) -> None:
    from huiguan.audit.models import Entry

    take_back(signed_in("qin"), url, KEPT)
    with as_person("qin"):
        lines = Entry.objects.filter(model="exchange.Listing", verb="take_back")
        assert {(line.actor, line.record_text) for line in lines} == {
            ("秦若兰", title) for title in ("礼堂", "会议室", "投影仪")
        }


def test_re_accepting_publishes_nothing_and_one_step_publishes_all_of_it_again(
    url: str, listed: Any, signed_in: Any, as_person: Any, arrive: Any
) -> None:
    from federation.matching.models import Profile

    browser = signed_in("qin")
    take_back(browser, url, KEPT)
    arrive()
    assert browser.get("/exchange/again/").context["found"].fit == []
    browser.post(f"{url}items/", {"items": [*KEPT, "matching"], "version": 1})
    arrive()
    assert set(Profile.objects.values_list("status", flat=True)) == {"taken_back"}
    assert "/exchange/again/" in browser.get("/tasks/").content.decode()
    assert "/exchange/again/" in browser.get("/exchange/listing/").content.decode()
    found = browser.get("/exchange/again/").context["found"]
    again = {"listings": [str(one.pk) for one in found.fit], "read": found.digest()}
    assert browser.post("/exchange/again/", again).status_code == 302
    arrive()
    assert set(Profile.objects.values_list("status", flat=True)) == {"published"}
    assert "/exchange/again/" not in browser.get("/tasks/").content.decode()


def test_words_that_changed_after_reading_are_not_published_again(
    url: str, listed: Any, signed_in: Any, as_person: Any, arrive: Any
) -> None:
    from tenants.exchange.models import Listing

    browser = signed_in("qin")
    take_back(browser, url, KEPT)
    browser.post(f"{url}items/", {"items": [*KEPT, "matching"], "version": 1})
    arrive()
    found = browser.get("/exchange/again/").context["found"]
    with as_person("qin"):
        Listing.objects.filter(pk=listed[0].pk).update(title="大礼堂", ends_on="2026-02-01")
    again = {"listings": [str(one.pk) for one in found.fit], "read": found.digest()}
    browser.post("/exchange/again/", again)
    with as_person("qin"):
        assert not Listing.objects.filter(status="published").exists()
    [(unfit, why)] = browser.get("/exchange/again/").context["found"].unfit
    assert unfit.title == "大礼堂"
    assert why in browser.get("/exchange/again/").content.decode()
    assert signed_in("tan").get("/exchange/again/").status_code == 403
