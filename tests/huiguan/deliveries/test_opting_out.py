"""The link in a message: shows to anybody, changes only when asked to, and works for this address here alone."""

import uuid
from typing import Any

import pytest
from django.test import Client

from huiguan import links
from huiguan.actors import acting_as
from huiguan.audit.models import Entry
from huiguan.deliveries.models import Channel, OptOut
from huiguan.tenancy.binding import in_chamber
from tests.huiguan.deliveries.conftest import REMOVAL, SECRETARY, write
from tests.huiguan.deliveries.test_delivering import PHONE


def path_for(here: Any, delivery: Any) -> str:
    return f"/deliveries/o/{links.sign_key('optout', str(here.pk), delivery.pk)}"


def stands(here: Any) -> list[tuple[str, str, str]]:
    with in_chamber(here):
        found = OptOut.objects.filter(status="stands").order_by("purpose")
        return list(found.values_list("channel", "address", "purpose"))


@pytest.fixture
def visitor() -> Client:
    return Client(HTTP_HOST="changde.localhost", enforce_csrf_checks=True)


def test_looking_at_the_page_changes_nothing(changde: Any, courier: Any, visitor: Client) -> None:
    """Programs that look into every link of a mail must not opt people out."""
    path = path_for(changde, write(changde))
    for ask in (visitor.get, visitor.head):
        assert ask(path).status_code == 200
    page = visitor.get(path).content.decode()
    assert ("z***@example.com" in page, "zhou@example.com" in page, "会费提醒" in page) == (True, False, True)
    assert stands(changde) == []


def test_one_click_of_a_mail_program_is_enough(changde: Any, courier: Any, visitor: Client) -> None:
    path = path_for(changde, write(changde))
    answer = visitor.post(path, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, stands(changde)) == (200, [("email", "zhou@example.com", "test.reminder")])
    assert write(changde).status == "refused"
    visitor.post(path)
    assert len(stands(changde)) == 1


def test_everything_can_be_refused_and_wanted_again(changde: Any, courier: Any, visitor: Client) -> None:
    path = path_for(changde, write(changde, channel=Channel.SMS, to=PHONE))
    visitor.post(path, {"of": "all"})
    assert stands(changde) == [("sms", "13800005678", "")]
    visitor.post(path)
    assert stands(changde) == [("sms", "13800005678", "")]
    visitor.post(path, {"again": "1"})
    assert stands(changde) == []
    assert write(changde, channel=Channel.SMS, to=PHONE).status == "waiting"


def test_the_trail_tells_who_did_it_and_not_the_address(changde: Any, courier: Any, visitor: Client) -> None:
    visitor.post(path_for(changde, write(changde)))
    with in_chamber(changde):
        entry = Entry.objects.get(model="deliveries.OptOut")
    assert (entry.actor, "zhou" in str(entry.changes)) == ("湘味餐饮 周先生", False)


def test_a_link_works_on_no_other_chambers_host_and_for_nothing_else(
    changde: Any, shaoyang: Any, courier: Any, visitor: Client
) -> None:
    mine, theirs = write(changde), write(shaoyang)
    wrong = [
        path_for(shaoyang, theirs),
        path_for(shaoyang, mine),
        path_for(changde, theirs),
        path_for(changde, mine)[:-1],
        path_for(changde, mine) + "A",
        f"/deliveries/o/{links.sign_key('download', str(changde.pk), mine.pk)}",
        f"/deliveries/o/{links.sign_key('optout', str(changde.pk), uuid.uuid4())}",
        f"/deliveries/o/{mine.pk}",
        "/deliveries/o/%E5%AD%97",
    ]
    for path in wrong:
        for answer in (visitor.get(path), visitor.post(path)):
            assert (answer.status_code, "zhou" in answer.content.decode()) == (404, False)
    assert (stands(changde), stands(shaoyang)) == ([], [])


def test_what_the_law_wants_told_cannot_be_refused_by_any_link(changde: Any, courier: Any, visitor: Client) -> None:
    assert visitor.post(path_for(changde, write(changde, purpose=REMOVAL))).status_code == 404
    assert stands(changde) == []


def test_it_works_while_the_chamber_is_held_to_reading(
    changde: Any, courier: Any, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from billing import gate
    from huiguan.entitlements import Level, Standing

    monkeypatch.setattr(gate, "standing", lambda key: Standing(Level.RESTRICTED, "欠费"))
    assert visitor.post(path_for(changde, write(changde))).status_code == 200
    assert len(stands(changde)) == 1


def test_an_officer_enters_what_somebody_said_on_the_telephone(changde: Any, courier: Any, signed_in: Any) -> None:
    browser = signed_in("tan")
    said = {"name": "周先生", "channel": "sms", "address": "+86 138 0000 5678", "purpose": ""}
    assert browser.post("/deliveries/optout/new/", said).status_code == 302
    assert stands(changde) == [("sms", "13800005678", "")]
    again = browser.post("/deliveries/optout/new/", said).content.decode()
    assert "已经登记过" in again
    wrong = browser.post("/deliveries/optout/new/", {**said, "address": "0731-84410000"}).content.decode()
    assert ("请填写电子邮箱" in wrong, "0731-84410000" in wrong) == (True, True)


def test_no_purpose_that_cannot_be_refused_can_be_entered(changde: Any, courier: Any, signed_in: Any) -> None:
    said = {"name": "周先生", "channel": "sms", "address": "13800005678", "purpose": "test.removal"}
    assert signed_in("tan").post("/deliveries/optout/new/", said).status_code == 200
    with acting_as(SECRETARY), in_chamber(changde):
        assert not OptOut.objects.exists()
