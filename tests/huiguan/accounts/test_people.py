"""Who may do what: the page says what the declarations say, and a place always keeps somebody who can give roles."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from huiguan.accounts.actions import appoint, change_role, end
from huiguan.accounts.forms import roles_of
from huiguan.accounts.models import Appointment, Person
from huiguan.capability import capabilities
from tests.conftest import chamber
from tests.support import cast
from tests.support.threads import together


def appointment(key: str) -> Appointment:
    return Appointment.objects.get(person__email=cast.email(key), ended_at=None)


@pytest.mark.parametrize(("key", "place"), [("tao", "chamber"), ("qiao", "federation")])
def test_the_matrix_shows_exactly_what_is_declared(signed_in: Any, key: str, place: str) -> None:
    roles = [role for role, _label in roles_of(place)]
    page = BeautifulSoup(signed_in(key).get("/people/matrix/").content, "html.parser")
    shown = {
        row.find("th")["title"]: [cell.get_text(strip=True) == "是" for cell in row.find_all("td")]
        for row in page.select(".hg-matrix tbody tr")
        if row.find("td")
    }
    declared = {p.name: [r in p.roles for r in roles] for c in capabilities(place) for p in c.permissions}
    assert shown == declared
    assert any(any(cells) and not all(cells) for cells in shown.values())


def test_the_last_administrator_can_neither_be_removed_nor_demoted(signed_in: Any, changde: Any) -> None:
    own, browser = appointment("qin"), signed_in("qin")
    browser.post(f"/people/{own.pk}/end/")
    browser.post(f"/people/{own.pk}/", {"role": "officer"})
    assert appointment("qin").role == "secretary_general"
    for refused in (lambda: end(own), lambda: change_role(own, "officer")):
        with pytest.raises(ValidationError):
            refused()
    with pytest.raises(ValidationError):
        appoint(person=own.person, role="officer", chamber=changde)
    assert browser.get("/people/").status_code == 200


def test_with_a_second_administrator_the_first_can_go(signed_in: Any) -> None:
    change_role(appointment("tan"), "secretary_general")
    signed_in("tan").post(f"/people/{appointment('qin').pk}/end/")
    assert not Appointment.objects.filter(person__email=cast.email("qin"), ended_at=None).exists()


def test_an_inactive_second_administrator_does_not_count(changde: Any) -> None:
    change_role(appointment("tan"), "secretary_general")
    Person.objects.filter(email=cast.email("tan")).update(is_active=False)
    with pytest.raises(ValidationError):
        end(appointment("qin"))


def test_the_last_coordinator_of_a_federation_stays(hunan: Any) -> None:
    with pytest.raises(ValidationError):
        end(appointment("lian"))
    end(appointment("qiao"))


def test_two_administrators_who_remove_each_other_at_once_do_not_both_go(own_database: str) -> None:
    change_role(appointment("tan"), "secretary_general")
    outcomes = together(end, [appointment("qin"), appointment("tan")])
    assert [type(o) for o in outcomes].count(ValidationError) == 1
    left = Appointment.objects.filter(chamber=chamber("changde"), role="secretary_general", ended_at=None)
    assert left.count() == 1


def test_an_administrator_cannot_touch_the_roles_of_another_chamber(signed_in: Any) -> None:
    theirs = appointment("nie")
    browser = signed_in("qin")
    assert browser.get(f"/people/{theirs.pk}/").status_code == 404
    assert browser.post(f"/people/{theirs.pk}/end/").status_code == 404
    assert browser.post(f"/people/{theirs.pk}/", {"role": "officer"}).status_code == 404
    assert "聂长风" not in browser.get("/people/").content.decode()


def test_nobody_makes_themselves_more_than_they_are(signed_in: Any) -> None:
    for key in ("tan", "gu", "tao", "ruan"):
        own = appointment(key)
        assert signed_in(key).post(f"/people/{own.pk}/", {"role": "secretary_general"}).status_code == 403
        assert appointment(key).role == own.role


def test_giving_and_taking_roles_is_in_the_journal(signed_in: Any) -> None:
    from huiguan.journal.models import Entry

    tan = appointment("tan")
    signed_in("qin").post(f"/people/{tan.pk}/", {"role": "treasurer"})
    said = Entry.objects.filter(actor="秦若兰").order_by("number")
    assert [(e.scope, e.verb, e.record_id == tan.pk) for e in said] == [
        ("site", "ended", True),
        ("site", "created", False),
    ]
