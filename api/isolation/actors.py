"""The kinds of actors, each with what its browser or program carries."""

import datetime
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.timezone import localdate, now
from oauth2_provider.models import get_access_token_model

from api.actions import register_partner
from api.isolation.stage import Side, Stage
from api.isolation.tokens import KINDS
from api.models import Grant
from api.scopes import labels
from huiguan.accounts.models import Person
from huiguan.accounts.sessions import SessionStore
from huiguan.accounts.views import BACKEND
from huiguan.capability import Place, permissions_of
from huiguan.own.pages import COOKIE
from huiguan.roles import Role
from huiguan.tenancy import hosts
from huiguan.tenancy.models import Chamber

A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Actor:
    """`host` is where it belongs; `permissions` what it may there; `key` a partner's grant."""

    name: str
    place: str
    host: str
    cookies: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    permissions: frozenset[str] = frozenset()
    key: Any = None


def actors(stage: Stage) -> list[Actor]:
    """Nine: nobody, a member by their link, five roles of a chamber, the federation's coordinator, a partner."""
    mine = stage.mine
    staff = [_worker(role, mine, Place.CHAMBER) for role in mine.people]
    return [
        Actor("anonymous", Place.CHAMBER, mine.host),
        Actor("member", Place.CHAMBER, mine.host, cookies={COOKIE: _visit(mine)}),
        *staff,
        _worker(Role.COORDINATOR, stage.common, Place.FEDERATION),
        partner(mine),
    ]


def operator() -> Actor:
    """Of the site: no chamber's business is theirs."""
    person = Person(email=f"verify-{secrets.token_hex(4)}@example.com", name="operator", is_operator=True)
    person.set_unusable_password()
    person.save()
    cookies = {settings.SESSION_COOKIE_NAME: session(person, "site")}
    held = permissions_of([Role.OPERATOR], Place.SITE)
    return Actor("operator", Place.SITE, settings.BASE_DOMAIN, cookies=cookies, permissions=held)


def _worker(role: str, side: Side, place: Place) -> Actor:
    cookies = {settings.SESSION_COOKIE_NAME: session(side.people[role], str(side.key))}
    return Actor(str(role), place, side.host, cookies=cookies, permissions=permissions_of([role], place))


def session(person: Person, host_key: str) -> str:
    """Of somebody who has signed in on one host, as the middleware keeps it."""
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
    store[HASH_SESSION_KEY], store["host"] = person.get_session_auth_hash(), host_key
    store["used"] = store["began"] = now().isoformat()
    store.create()
    return str(store.session_key)


def partner(side: Side) -> Actor:
    assert side.chamber is not None, "a federation grants nothing"
    return partner_of(side.chamber, side.mark)


def partner_of(chamber: Chamber, mark: str) -> Actor:
    """With everything that a chamber can grant; `mark` is the end of its name."""
    client, _secret = register_partner(name=f"verify {mark}")
    grant = Grant(client=client, chamber=chamber, scopes=list(labels()), purpose="verify", granted_by="verify")
    grant.expires_on = localdate() + A_DAY
    grant.save()
    token = secrets.token_urlsafe(30)
    get_access_token_model().objects.create(
        application=client, token=token, expires=now() + A_DAY, scope=" ".join(labels())
    )
    return Actor(
        "partner",
        Place.CHAMBER,
        hosts.address(chamber.slug),
        headers={"Authorization": f"Bearer {token}"},
        permissions=grant.actor.permissions,
        key=grant.pk,
    )


def _visit(side: Side) -> str:
    return next(kind for kind in KINDS if kind.purpose == "own-visit").make(side)
