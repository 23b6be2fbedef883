"""Tells what happened: an event for every change, and a delivery of it to every endpoint that asked for it."""

import stripe
from stripe.params import EventListParams, EventRetrieveParams

from billing.sandbox.calls import listing, retrieving
from billing.sandbox.store import Body, Store


def emit(store: Store, kind: str, body: Body, before: Body | None = None) -> Body:
    data: Body = {"object": body}
    if before is not None:
        data["previous_attributes"] = {name: value for name, value in before.items() if body.get(name) != value}
    whose = {"account": store.account} if store.account else {}
    event = store.make("event", type=kind, data=data, api_version=stripe.api_version, **whose)
    asked = _asked(store, kind)
    store.keep(event | {"pending_webhooks": len(asked)})
    for endpoint in asked:
        store.run("insert into delivery (event, endpoint, due) values (?, ?, 0)", event["id"], endpoint["id"])
    return event


def _asked(store: Store, kind: str) -> list[Body]:
    """An endpoint hears either of the platform's own objects or of those of connected accounts."""
    connected = "yes" if store.account else ""
    with store.of_account(""):
        ends = store.all("webhook_endpoint", status="enabled")
    hearing = [end for end in ends if store.setting(f"connect {end['id']}") == connected]
    return [end for end in hearing if {kind, "*"} & set(end["enabled_events"])]


def change(store: Store, kind: str, body: Body) -> Body:
    """Keeps the object as it is now and tells what differs; silent when nothing does."""
    before = store.get(body["object"], body["id"])
    if before != body:
        store.keep(body)
        emit(store, kind, body, before)
    return body


def _is_wanted(event: Body, given: Body) -> bool:
    kinds = given.get("types") or ([given["type"]] if "type" in given else [])
    if "delivery_success" in given and given["delivery_success"] != (event["pending_webhooks"] == 0):
        return False
    return not kinds or any(event["type"] == kind or kind == "*" for kind in kinds)


listing("event", "/v1/events", EventListParams, wanted=_is_wanted, takes="type types delivery_success")
retrieving("event", "/v1/events", EventRetrieveParams)
