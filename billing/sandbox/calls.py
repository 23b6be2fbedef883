"""The table of calls the sandbox answers: method, path, the SDK's parameter type, and what of it is understood."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from billing.sandbox.errors import ApiError, invalid
from billing.sandbox.params import checked
from billing.sandbox.store import Body, Store

Handler = Callable[..., Body]
PAGING = "limit starting_after ending_before"


@dataclass(frozen=True)
class Call:
    method: str
    path: re.Pattern[str]
    types: Any
    takes: frozenset[str]
    handle: Handler

    def answer(self, store: Store, raw: Body, idents: Iterable[str]) -> Body:
        return self.handle(store, self.check(raw), *idents)

    def check(self, raw: Body) -> Body:
        given = checked(self.types, raw)
        for name in given.keys() - self.takes - {"expand"}:
            raise invalid(f"{name} is Stripe's, but this sandbox does not know it.", name, "sandbox_unsupported")
        return given


_calls: list[Call] = []


def call(method: str, path: str, types: Any, takes: str = "") -> Callable[[Handler], Handler]:
    """`@call("POST", "/v1/customers/{id}", CustomerUpdateParams, takes="name email")`"""

    def declare(handle: Handler) -> Handler:
        pattern = re.compile(re.sub(r"\{\w+\}", r"([\\w-]+)", path))
        _calls.append(Call(method, pattern, types, frozenset(takes.split()), handle))
        return handle

    return declare


def find(method: str, path: str) -> tuple[Call, tuple[str, ...]]:
    for known in _calls:
        match = known.path.fullmatch(path)
        if match and known.method == method:
            return known, match.groups()
    raise ApiError(404, "invalid_request_error", f"Unrecognized request URL ({method}: {path}).")


def retrieving(kind: str, path: str, types: Any) -> None:
    call("GET", path + "/{id}", types)(lambda store, given, ident: store.get(kind, ident))


def listing(
    kind: str,
    path: str,
    types: Any,
    *,
    equal: str = "",
    takes: str = "",
    wanted: Callable[[Body, Body], bool] | None = None,
) -> None:
    """A list call: parameters named in `equal` are fields to compare, those in `takes` are judged by `wanted`."""

    def handle(store: Store, given: Body) -> Body:
        same = {name: given[name] for name in equal.split() if name in given}
        rows = [body for body in store.all(kind, **same) if _made_within(body, given.get("created"))]
        return page(path, [body for body in rows if wanted is None or wanted(body, given)], given)

    call("GET", path, types, f"{PAGING} created {equal} {takes}")(handle)


def page(path: str, rows: list[Body], given: Body) -> Body:
    limit = given.get("limit", 10)
    if not 1 <= limit <= 100:
        raise invalid("limit must be between 1 and 100.", "limit")
    places = {body["id"]: place for place, body in enumerate(rows)}
    if "ending_before" in given:
        end = places.get(given["ending_before"], 0)
        return listed(path, rows[max(0, end - limit) : end], more=end > limit)
    start = places.get(given.get("starting_after"), -1) + 1
    return listed(path, rows[start : start + limit], more=len(rows) > start + limit)


def listed(path: str, rows: list[Body], more: bool = False) -> Body:
    return {"object": "list", "data": rows, "has_more": more, "url": path}


def _made_within(body: Body, created: Any) -> bool:
    """`created` is an exact second, or a range such as `{"gte": 1700000000}`."""
    if created is None or isinstance(created, int):
        return created in (None, body.get("created"))
    made, bounds = int(body.get("created") or body["date"]), {name: int(value) for name, value in created.items()}
    least, most = bounds.get("gte", made), bounds.get("lte", made)
    return least <= made <= most and bounds.get("gt", made - 1) < made < bounds.get("lt", made + 1)
