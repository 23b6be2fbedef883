"""Invitations: a role for one address, on one host, once, for fourteen days; nobody's password is asked there."""

import datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from huiguan.accounts.actions import invitation_path, invite
from huiguan.accounts.models import Appointment, Invitation, Person
from tests.conftest import host_of
from tests.support import cast

NEW = "new@example.com"


def invited(email: str = NEW, role: str = "officer", by: str = "qin") -> Invitation:
    slug = cast.PEOPLE[by][1]
    host_name = f"{slug}.localhost"
    return invite(
        host=host_of(by),
        host_name=host_name,
        place_name="本会",
        invited_by="秦若兰",
        name="新人",
        email=email,
        role=role,
    )


def path_of(invitation: Invitation, by: str = "qin") -> str:
    return invitation_path(invitation, host_of(by))


GIVEN = {"name": "新人", "password": cast.PASSWORD}


def test_an_invitation_goes_out_with_a_link_to_its_own_host(
    changde: Any, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invited()
        assert mailoutbox == []
    [mail] = mailoutbox
    assert mail.to == [NEW]
    assert "http://changde.localhost" in mail.body


def test_an_invited_person_chooses_a_password_and_is_in(visitor: Any) -> None:
    browser, path = visitor("changde"), path_of(invited())
    assert browser.get(path).status_code == 200
    short = browser.post(path, {**GIVEN, "password": "short"})
    assert (short.status_code, Person.objects.filter(email=NEW).exists()) == (200, False)
    assert browser.post(path, GIVEN).headers["Location"] == "/"
    assert browser.get("/members/member/").status_code == 200
    assert Appointment.objects.get(person__email=NEW).role == "officer"


@pytest.mark.parametrize("slug", ["shaoyang", "hunan", ""])
def test_an_invitation_is_worth_nothing_on_another_host(visitor: Any, slug: str) -> None:
    path = path_of(invited())
    assert visitor(slug).get(path).status_code == 410
    assert visitor(slug).post(path, GIVEN).status_code == 410
    assert not Person.objects.filter(email=NEW).exists()


def test_an_invitation_is_used_once(visitor: Any) -> None:
    path = path_of(invited())
    visitor("changde").post(path, GIVEN)
    assert visitor("changde").get(path).status_code == 410
    assert visitor("changde").post(path, {**GIVEN, "password": "another-horse-battery"}).status_code == 410
    assert Person.objects.get(email=NEW).check_password(cast.PASSWORD)


def test_a_withdrawn_invitation_is_worth_nothing(visitor: Any, signed_in: Any) -> None:
    invitation = invited()
    path = path_of(invitation)
    assert signed_in("tan").post(f"/people/invitations/{invitation.pk}/withdrawal/").status_code == 403
    assert signed_in("dai").post(f"/people/invitations/{invitation.pk}/withdrawal/").status_code == 404
    assert visitor("changde").get(path).status_code == 200
    signed_in("qin").post(f"/people/invitations/{invitation.pk}/withdrawal/")
    assert visitor("changde").post(path, GIVEN).status_code == 410


def test_an_invitation_ends_after_fourteen_days(visitor: Any) -> None:
    invitation = invited()
    Invitation.objects.filter(pk=invitation.pk).update(created_at=now() - datetime.timedelta(days=14))
    assert visitor("changde").post(path_of(invitation), GIVEN).status_code == 410


def test_a_forged_link_is_worth_nothing(visitor: Any) -> None:
    path = path_of(invited())
    for forged in (path[:-3] + "xx/", path.replace("invitations/", "invitations/x"), "/accounts/invitations/x/"):
        assert visitor("changde").get(forged).status_code == 410


def test_a_known_person_signs_in_to_accept(visitor: Any, sign_in_by_page: Any) -> None:
    path = path_of(invited(cast.email("nie")))
    browser = visitor("changde")
    page = browser.get(path).content.decode()
    assert "password" not in page
    assert f"/accounts/login/?next={quote(path)}" in page
    assert sign_in_by_page(browser, "nie", next=path).headers["Location"] == path
    assert browser.post(path).headers["Location"] == "/"
    assert browser.get("/members/member/").status_code == 200


def test_nobody_can_try_a_known_persons_password_with_an_invitation(visitor: Any) -> None:
    """A chamber that invites somebody else's secretary sees the link: it must not be a way to guess, or past TOTP."""
    path = path_of(invited(cast.email("dai")))
    browser = visitor("changde")
    assert browser.post(path, {"password": cast.PASSWORD}).status_code == 200
    assert browser.get("/").status_code == 302
    assert not Appointment.objects.filter(person__email=cast.email("dai"), chamber__slug="changde").exists()


def test_another_person_cannot_accept_what_was_offered_to_somebody(visitor: Any, sign_in_by_page: Any) -> None:
    path = path_of(invited(cast.email("nie")))
    browser = visitor("changde")
    sign_in_by_page(browser, "dai")
    assert "戴星河" in browser.get(path).content.decode()
    browser.post(path)
    assert not Appointment.objects.filter(person__email=cast.email("dai"), chamber__slug="changde").exists()


def test_an_inactive_person_does_not_come_back_by_an_invitation(visitor: Any, sign_in_by_page: Any) -> None:
    Person.objects.filter(email=cast.email("nie")).update(is_active=False)
    path = path_of(invited(cast.email("nie")))
    browser = visitor("changde")
    sign_in_by_page(browser, "nie", next=path)
    browser.post(path, {"password": cast.PASSWORD})
    assert not Appointment.objects.filter(person__email=cast.email("nie"), chamber__slug="changde").exists()


def test_the_last_administrator_is_not_demoted_by_accepting(signed_in: Any) -> None:
    path = path_of(invited(cast.email("qin"), role="officer"))
    answer = signed_in("qin").post(path)
    assert (answer.status_code, "alert" in answer.content.decode()) == (200, True)
    assert Appointment.objects.get(person__email=cast.email("qin"), ended_at=None).role == "secretary_general"


def test_a_role_of_another_kind_of_place_is_not_offered(signed_in: Any) -> None:
    browser = signed_in("qin")
    for role in ("coordinator", "operator", "nonsense"):
        browser.post("/people/invite/", {"name": "新人", "email": NEW, "role": role})
    assert not Invitation.objects.exists()
    browser.post("/people/invite/", {"name": "新人", "email": NEW, "role": "treasurer"})
    assert Invitation.objects.get().role == "treasurer"
    with pytest.raises(ValidationError):
        invited(email="not an address")


def test_only_an_administrator_invites(signed_in: Any) -> None:
    given = {"name": "新人", "email": NEW, "role": "officer"}
    for key in ("tan", "gu", "tao", "ruan"):
        assert signed_in(key).post("/people/invite/", given).status_code == 403
    assert not Invitation.objects.exists()
