"""Every kind of signed link of the house: what it is bound to, how one is made, which addresses take it. [G17]

A test reads the purposes from the code and fails when one is not here.
"""

import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

from api.isolation.stage import Side
from huiguan import links


class Kind(NamedTuple):
    """`purpose` is what the code signs for; `routes` are the addresses that take it in their path."""

    purpose: str
    make: Callable[[Side], str]
    routes: tuple[str, ...] = ()


def _key(purpose: str, label: str, attribute: str = "pk") -> Callable[[Side], str]:
    """Of a record, without an end."""
    return lambda side: links.sign_key(purpose, str(side.key), getattr(side.rows[label], attribute))


def _content(purpose: str, content: Callable[[Side], dict[str, Any]]) -> Callable[[Side], str]:
    return lambda side: links.sign(purpose, str(side.key), **content(side))


def _file(side: Side) -> dict[str, Any]:
    return {"file": str(side.rows["files.KeptFile"].pk), "until": 2**40}


def _invited(side: Side) -> dict[str, Any]:
    return {"invitation": str(side.rows["accounts.Invitation"].pk)}


def _entering(side: Side) -> dict[str, Any]:
    return {"person": str(next(iter(side.people.values())).pk), "once": uuid.uuid4().hex}


def _visiting(side: Side) -> dict[str, Any]:
    return {"link": str(side.rows["own.Link"].pk)}


KINDS = (
    Kind("benefits.card", _key("benefits.card", "benefits.Card"), ("/benefits/c/<str:token>/",)),
    Kind("benefits.own", _key("benefits.own", "benefits.Card"), ("/benefits/o/<str:token>/",)),
    Kind("benefits.merchant", _key("benefits.merchant", "benefits.Merchant", "link"), ("/benefits/m/<str:token>/",)),
    Kind(
        "value.report",
        _key("value.report", "value.Report"),
        ("/value/r/<str:token>/", "/value/r/<str:token>/report.pdf"),
    ),
    Kind("application", _key("application", "applications.Application"), ("/applications/progress/<str:token>/",)),
    Kind(
        "own",
        _key("own", "own.Link"),
        ("/own/e/<str:token>", "/own/e/<str:token>/<slug:to>", "/own/again/<str:token>"),
    ),
    Kind("optout", _key("optout", "deliveries.Delivery"), ("/deliveries/o/<str:token>",)),
    Kind("file", _content("file", _file), ("/files/link/<str:token>/",)),
    Kind("invitation", _content("invitation", _invited), ("/accounts/invitations/<str:token>/",)),
    Kind("enter", _content("enter", _entering), ("/accounts/enter/<str:token>/",)),
    Kind("own-visit", _content("own-visit", _visiting)),
    Kind("device.", _content("device.somebody@example.com", lambda side: {"device": "x"})),
    Kind("parked.", _content("parked.visits.photo", lambda side: {"key": uuid.uuid4().hex})),
    Kind("benefits.import", _content("benefits.import", lambda side: {"rows": [], "filename": "x"})),
    Kind("application-opened", _content("application-opened", lambda side: {"at": 0.0})),
)


def token_for(route: str, side: Side) -> str:
    """For an address with a token in its path; "x" where none of ours belongs."""
    found = next((kind for kind in KINDS if route in kind.routes), None)
    return found.make(side) if found else "x"
