"""What members open by their link: each page answers them, nobody else, and about their member alone."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from huiguan import access
from huiguan.own.actions import link_for
from huiguan.parts import OwnPage
from huiguan.together import own_pages
from tests.contract.samples import sample
from tests.huiguan.own.test_links import path_of

pytestmark = pytest.mark.urls("huiguan.urls_chamber")
PAGES = [pytest.param(each, id=each.url) for each in own_pages()]


def contact_of(name: str) -> Any:
    """With a row of every kind that can belong to a member."""
    from tenants.members.models import Contact, Member

    member = sample(Member, name=name)
    for relation in Member._meta.related_objects:
        sample(relation.related_model, **{relation.field.name: member})
    return Contact.objects.create(member=member, name=f"{name}的人", phone="13900001111")


def phone_of(contact: Any) -> Client:
    phone = Client(HTTP_HOST="changde.localhost")
    phone.get(path_of(link_for(contact)))
    return phone


@pytest.mark.parametrize("page", PAGES)
def test_an_own_page_opens_by_a_link_and_by_nothing_else(signed_in: Any, as_person: Any, page: OwnPage) -> None:
    url = reverse(page.url)
    assert access.permission_of(resolve(url).func) == access.OWN
    with as_person("tan"):
        one, _other = contact_of("甲会员"), contact_of("乙会员")
        path = path_of(link_for(one))
    phone = Client(HTTP_HOST="changde.localhost")
    assert phone.get(url).status_code == signed_in("qin").get(url).status_code == 403
    phone.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = phone.get(url)
    words = answer.content.decode()
    assert answer.status_code == 200
    assert str(page.label) and "own/base.html" in {t.name for t in answer.templates}
    assert "乙会员" not in words
    assert len(queries) <= 40


def test_the_portal_opens_with_everything_and_with_nothing(as_person: Any) -> None:
    from tenants.members.models import Contact, Member

    with as_person("tan"):
        full = contact_of("甲会员")
        bare = Contact.objects.create(member=Member.objects.create(name="丙会员"), name="丙", email="c@example.com")
        paths = [path_of(link_for(each)) for each in (full, bare)]
    for path in paths:
        phone = Client(HTTP_HOST="changde.localhost")
        assert phone.get(path, follow=True).status_code == 200
