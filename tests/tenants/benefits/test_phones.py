"""What phones see: a scan by a stranger, by a shop, of a stolen, forged, replaced or foreign code."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(as_person: Any, card: Any, offer: Any) -> Any:
    """A card, an offer, and the paths that their links lead to."""

    class Scene:
        pass

    made = Scene()
    with as_person("qin"):
        from tenants.benefits.addresses import Addresses

        made.card, made.offer = card(), offer(percent=12)
        addresses = Addresses.here()
        made.scan = path_of(addresses.of_card(made.card))
        made.own = path_of(addresses.of_own(made.card))
        made.shop = path_of(addresses.of_merchant(made.offer.merchant))
    return made


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def phone(host: str = "changde") -> Client:
    return Client(HTTP_HOST=f"{host}.localhost")


def kept(scene: Any) -> Client:
    """A phone that knows the shop."""
    client = phone()
    client.post(scene.shop, {"step": "keep"})
    return client


def key_on(page: str) -> str:
    return re.search(r'name="key" value="([^"]+)"', page)[1]  # type: ignore[index]


def uses(as_person: Any) -> int:
    with as_person("qin"):
        from tenants.benefits.models import Use

        return Use.objects.counted().count()


def test_a_stranger_sees_whose_card_it_is_and_that_it_is_valid_and_no_offer(scene: Any) -> None:
    page = phone().get(scene.scan).content.decode()
    assert scene.card.member.name in page
    assert "有效" in page
    assert scene.offer.title not in page


def test_a_shop_counts_once_however_often_the_page_is_sent(scene: Any, as_person: Any) -> None:
    client = kept(scene)
    said = {"step": "count", "offer": scene.offer.pk, "key": key_on(client.get(scene.scan).content.decode())}
    for _number in range(2):
        answer = client.post(scene.scan, {**said, "bill_fen": "100"})
        assert answer.status_code == 302
    assert client.get(answer["Location"]).content.decode().count("¥12.00") == 1
    assert uses(as_person) == 1


def test_what_was_typed_stays_when_the_bill_cannot_be_read(scene: Any, as_person: Any) -> None:
    client = kept(scene)
    key = key_on(client.get(scene.scan).content.decode())
    said = {"step": "count", "offer": scene.offer.pk, "key": key, "bill_fen": "一百"}
    page = client.post(scene.scan, said).content.decode()
    assert "一百" in page
    assert key in page
    assert uses(as_person) == 0


def test_a_shop_takes_back_what_it_counted_by_mistake(scene: Any, as_person: Any) -> None:
    client = kept(scene)
    key = key_on(client.get(scene.scan).content.decode())
    answer = client.post(scene.scan, {"step": "count", "offer": scene.offer.pk, "key": key, "bill_fen": "50"})
    use = answer["Location"].split("use=")[1]
    phone().post(scene.scan, {"step": "back", "use": use})
    assert uses(as_person) == 1
    client.post(scene.scan, {"step": "back", "use": use})
    assert uses(as_person) == 0


def test_the_code_of_the_shop_opens_its_offers_on_a_new_phone(scene: Any) -> None:
    client = phone()
    client.post(scene.scan, {"step": "shop", "code": scene.offer.merchant.code.lower()})
    assert scene.offer.title in client.get(scene.scan).content.decode()


def test_who_guesses_codes_is_stopped_also_with_the_right_one(scene: Any) -> None:
    client = phone()
    for _number in range(10):
        client.post(scene.scan, {"step": "shop", "code": "ABCDEF"})
    client.post(scene.scan, {"step": "shop", "code": scene.offer.merchant.code})
    assert scene.offer.title not in client.get(scene.scan).content.decode()


def test_a_phone_is_kept_by_a_button_and_not_by_opening_a_link(scene: Any) -> None:
    client = phone()
    assert client.get(scene.shop).status_code == 200
    assert scene.offer.title not in client.get(scene.scan).content.decode()


def test_a_renewed_link_shuts_out_the_phones_that_knew_the_old_one(scene: Any, as_person: Any) -> None:
    client = kept(scene)
    with as_person("qin"):
        scene.offer.merchant.renew_link()
    assert scene.offer.title not in client.get(scene.scan).content.decode()
    assert client.get(scene.shop).status_code == 404


def test_forged_codes_and_those_of_another_chamber_or_purpose_are_no_card(scene: Any) -> None:
    token = scene.scan.split("/")[3]
    forged = scene.scan.replace(token, token[:-2] + ("AA" if token[-2:] != "AA" else "BB"))
    for client, path in (
        (phone(), forged),
        (phone("shaoyang"), scene.scan),
        (phone(), scene.scan.replace(token, scene.own.split("/")[3])),
        (phone(), f"/benefits/c/{uuid.uuid4().hex}/"),
    ):
        answer = client.get(path)
        assert answer.status_code == 404
        assert scene.card.member.name not in answer.content.decode()


def test_a_replaced_card_says_so_and_shows_no_offer(scene: Any, as_person: Any) -> None:
    client = kept(scene)
    with as_person("qin"):
        scene.card.replace()
    page = client.get(scene.scan).content.decode()
    assert "已被新卡替换" in page
    assert scene.offer.title not in page


def test_the_holder_sees_its_card_with_all_offers_and_finds_one(scene: Any) -> None:
    page = phone().get(scene.own).content.decode()
    assert "data:image/svg+xml" in page
    assert scene.offer.title in page
    assert scene.offer.title not in phone().get(scene.own, {"q": "查无此店"}).content.decode()


def test_the_shops_page_counts_its_own_uses_without_names_of_members(scene: Any, as_person: Any) -> None:
    client = kept(scene)
    key = key_on(client.get(scene.scan).content.decode())
    client.post(scene.scan, {"step": "count", "offer": scene.offer.pk, "key": key, "bill_fen": "100"})
    page = client.get(scene.shop).content.decode()
    assert "¥12.00" in page
    assert str(scene.card) in page
    assert scene.card.member.name not in page


def test_among_its_own_pages_a_contact_finds_its_card_and_the_members(scene: Any, as_person: Any, card: Any) -> None:
    from huiguan.own.actions import link_for
    from tenants.members.models import Contact
    from tests.huiguan.own.test_links import path_of as own_path

    with as_person("tan"):
        owner = scene.card.member
        contact = Contact(member=owner, name="程晚晴", phone="13900002222")
        contact.save()
        mine, theirs = card(owner, "程晚晴"), card(owner, "陆景和")
        path = own_path(link_for(contact))
    client = phone()
    client.get(path)
    page = client.get("/benefits/mine/").content.decode()
    assert str(mine) in page
    assert str(scene.card) in client.get("/benefits/mine/", {"card": scene.card.pk}).content.decode()
    assert str(theirs) not in client.get("/benefits/mine/", {"card": theirs.pk}).content.decode()
