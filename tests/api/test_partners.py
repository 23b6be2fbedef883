"""A partner with a token: what it may, what it may not, and what the chamber sees of it."""

import base64
import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from api.actions import register_partner
from api.models import Call, Grant, KeptAnswer
from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.binding import in_chamber
from tenants.members.models import Consent, Member

FIELDS = ["name", "industry"]


@pytest.fixture
def partner(db: None) -> tuple[Any, str]:
    return register_partner(name="长安示范银行")


@pytest.fixture
def grant(partner: Any, changde: Any) -> Grant:
    made = Grant(client=partner[0], chamber=changde, scopes=["members:read", "matches:read"], member_fields=FIELDS)
    made.purpose, made.expires_on = "测试", localdate() + datetime.timedelta(days=30)
    made.save()
    return made


@pytest.fixture
def call(partner: Any, grant: Grant) -> Callable[..., Any]:
    token = token_of(partner)

    def make(path: str, host: str = "changde", method: str = "get", **kwargs: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}", **kwargs.pop("headers", {})}
        return getattr(Client(HTTP_HOST=f"{host}.localhost"), method)(path, headers=headers, **kwargs)

    return make


def token_of(partner: Any, scope: str = "") -> str:
    client, secret = partner
    basic = base64.b64encode(f"{client.client_id}:{secret}".encode()).decode()
    asked = {"grant_type": "client_credentials", **({"scope": scope} if scope else {})}
    answer = Client(HTTP_HOST="localhost").post("/api/oauth/token/", asked, headers={"Authorization": f"Basic {basic}"})
    assert answer.status_code == 200, answer.content
    return str(json.loads(answer.content)["access_token"])


def two_members(changde: Any) -> tuple[Member, Member]:
    with acting_as(SYSTEM), in_chamber(changde):
        agreed, silent = Member(name="西安沅江茶业有限公司", industry="农产品"), Member(name="西安不语商贸有限公司")
        agreed.save()
        silent.save()
        Consent(member=agreed, purpose=Consent.Purpose.PARTNERS, given_by="负责人").save()
    return agreed, silent


def test_without_a_token_or_with_a_wrong_one_the_api_answers_401_as_a_problem(changde: Any) -> None:
    for headers in ({}, {"Authorization": "Bearer nonsense"}):
        answer = Client(HTTP_HOST="changde.localhost").get("/api/v1/members/", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["Content-Type"].startswith("application/problem+json")
        assert answer.json()["status"] == 401


def test_a_token_without_the_chambers_grant_opens_nothing(call: Any) -> None:
    assert call("/api/v1/members/", host="shaoyang").status_code == 401


def test_a_scope_that_was_not_granted_is_refused(call: Any) -> None:
    assert call("/api/v1/members/", method="post").status_code in (403, 405)
    grant = Grant.objects.get()
    grant.scopes = ["matches:read"]
    grant.save()
    assert call("/api/v1/members/").status_code == 403


def test_a_token_does_not_open_the_secretariats_pages(call: Any) -> None:
    for path in ("/", "/members/member/", "/people/"):
        assert call(path).status_code == 302


def test_only_members_who_agreed_are_shown_and_only_with_the_granted_fields(call: Any, changde: Any) -> None:
    agreed, silent = two_members(changde)
    [found] = call("/api/v1/members/").json()["results"]
    assert found == {"id": str(agreed.pk), "name": agreed.name, "industry": "农产品"}
    assert call(f"/api/v1/members/{silent.pk}/").status_code == 404


def test_a_withdrawn_consent_hides_the_member_on_the_next_call(call: Any, changde: Any) -> None:
    two_members(changde)
    with acting_as(SYSTEM), in_chamber(changde):
        Consent.objects.update(withdrawn_on=localdate())
    assert call("/api/v1/members/").json()["results"] == []


def test_a_revoked_or_expired_grant_is_refused_on_the_next_call(call: Any, grant: Grant) -> None:
    assert call("/api/v1/members/").status_code == 200
    grant.expires_on = localdate() - datetime.timedelta(days=1)
    grant.save()
    assert call("/api/v1/members/").status_code == 401
    grant.expires_on = localdate()
    grant.save()
    grant.revoke()
    assert call("/api/v1/members/").status_code == 401


def test_a_token_asked_for_less_can_do_less(partner: Any, grant: Grant) -> None:
    token = token_of(partner, scope="matches:read")
    answer = Client(HTTP_HOST="changde.localhost").get("/api/v1/members/", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 403


def test_pages_follow_the_cursor_without_gap_or_double(call: Any, changde: Any) -> None:
    with acting_as(SYSTEM), in_chamber(changde):
        for number in range(7):
            member = Member(name=f"第{number}家")
            member.save()
            Consent(member=member, purpose=Consent.Purpose.PARTNERS, given_by="x").save()
    names, url = [], "/api/v1/members/?limit=3"
    while url:
        page = call(url).json()
        names += [row["name"] for row in page["results"]]
        url = page["next"] and page["next"].split("localhost", 1)[1]
    assert names == [f"第{number}家" for number in range(7)]


def test_every_call_stands_in_the_grantors_log(call: Any, changde: Any, signed_in: Any, grant: Grant) -> None:
    two_members(changde)
    call("/api/v1/members/")
    call("/api/v1/matches/?listing=none")
    logged = list(Call.objects.order_by("created_at").values_list("method", "path", "status", "rows"))
    assert logged == [("GET", "/api/v1/members/", 200, 1), ("GET", "/api/v1/matches/", 400, 0)]
    page = signed_in("qin").get(f"/partners/{grant.pk}/").content.decode()
    assert "/api/v1/members/" in page
    assert signed_in("dai").get(f"/partners/{grant.pk}/").status_code == 404
    assert signed_in("tan").get("/partners/").status_code == 403


def test_the_secretary_general_lets_a_partner_in_and_takes_it_back(partner: Any, changde: Any, signed_in: Any) -> None:
    browser, asked = (
        signed_in("qin"),
        {"client_id": partner[0].client_id, "scopes": ["members:read"], "member_fields": FIELDS},
    )
    refused = browser.post(
        "/partners/new/", {**asked, "client_id": "nobody", "purpose": "贷款", "expires_on": "2020-01-01"}
    )
    assert "没有" in refused.content.decode() or refused.status_code == 200
    assert not Grant.objects.exists()
    until = localdate() + datetime.timedelta(days=10)
    assert browser.post("/partners/new/", {**asked, "purpose": "贷款", "expires_on": until}).status_code == 302
    made = Grant.objects.get()
    assert (made.granted_by, made.chamber, made.member_fields) == ("秦若兰", changde, FIELDS)
    assert browser.post(f"/partners/{made.pk}/revocation/").status_code == 302
    assert not Grant.objects.get().is_live


def need(title: str = "年会找主讲嘉宾") -> dict[str, Any]:
    return {"kind": "need", "title": title, "contact_name": "秦若兰", "contact_phone": "13900000001"}


def test_a_repeated_post_has_one_effect_and_another_body_is_refused(call: Any, grant: Grant, changde: Any) -> None:
    grant.scopes = ["listings:read", "listings:write"]
    grant.save()
    once = {"headers": {"Idempotency-Key": "k1"}, "content_type": "application/json"}
    first = call("/api/v1/listings/", method="post", data=need(), **once)
    again = call("/api/v1/listings/", method="post", data=need(), **once)
    assert first.status_code == 201, first.content
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert call("/api/v1/listings/", method="post", data=need("别的"), **once).status_code == 422
    assert len(call("/api/v1/listings/").json()["results"]) == KeptAnswer.objects.count() == 1


def test_a_draft_is_not_published_by_a_partner_that_may_only_write(call: Any, grant: Grant) -> None:
    grant.scopes = ["listings:read", "listings:write"]
    grant.save()
    made = call("/api/v1/listings/", method="post", data=need(), content_type="application/json").json()
    answer = call(
        f"/api/v1/listings/{made['id']}/moves/publish/", method="post", data={}, content_type="application/json"
    )
    assert answer.status_code in (400, 403)
    assert call(f"/api/v1/listings/{made['id']}/").json()["status"] == "draft"


def test_wrong_fields_are_named_in_a_problem(call: Any, grant: Grant) -> None:
    grant.scopes = ["listings:read", "listings:write"]
    grant.save()
    answer = call("/api/v1/listings/", method="post", data={"kind": "offer"}, content_type="application/json")
    assert answer.status_code == 400
    assert {e["pointer"] for e in answer.json()["errors"]} >= {"/title", "/category"}


def test_the_document_describes_every_route_and_its_page_is_drawn_from_it(db: None) -> None:
    site = Client(HTTP_HOST="localhost")
    document = site.get("/api/openapi.json?format=json").json()
    assert document["openapi"].startswith("3.1")
    assert "/api/v1/members/" in document["paths"]
    assert "/api/v1/members/" in site.get("/api/").content.decode()
