"""Webhook endpoints: who is told of events, and the secret their deliveries are signed with."""

import secrets

from stripe.params import (
    WebhookEndpointCreateParams,
    WebhookEndpointDeleteParams,
    WebhookEndpointListParams,
    WebhookEndpointRetrieveParams,
    WebhookEndpointUpdateParams,
)

from billing.sandbox.calls import call, listing, retrieving
from billing.sandbox.customers import merged
from billing.sandbox.store import Body, Store


@call(
    "POST",
    "/v1/webhook_endpoints",
    WebhookEndpointCreateParams,
    takes="url enabled_events api_version description metadata connect",
)
def create(store: Store, given: Body) -> Body:
    """The secret is shown here and never again."""
    return register(store, f"whsec_{secrets.token_hex(16)}", given)


@call(
    "POST",
    "/v1/webhook_endpoints/{id}",
    WebhookEndpointUpdateParams,
    takes="url enabled_events description metadata disabled",
)
def update(store: Store, given: Body, ident: str) -> Body:
    endpoint = store.get("webhook_endpoint", ident)
    if "disabled" in given:
        endpoint["status"] = "disabled" if given.pop("disabled") else "enabled"
    return store.keep(merged(endpoint, given))


@call("DELETE", "/v1/webhook_endpoints/{id}", WebhookEndpointDeleteParams)
def delete(store: Store, given: Body, ident: str) -> Body:
    return store.drop(store.get("webhook_endpoint", ident))


def register(store: Store, secret: str, given: Body) -> Body:
    connect = given.pop("connect", False)
    endpoint = store.keep(merged(store.make("webhook_endpoint"), given))
    store.set(f"secret {endpoint['id']}", secret)
    if connect:
        store.set(f"connect {endpoint['id']}", "yes")
    return endpoint | {"secret": secret}


def listen(store: Store, url: str, secret: str) -> None:
    """Forwards everything to one address, as `stripe listen --forward-to` does; says the same again after a restart."""
    with store.transaction():
        for endpoint in store.all("webhook_endpoint", url=url):
            store.drop(endpoint)
        for connect in (False, True):
            register(store, secret, {"url": url, "enabled_events": ["*"], "connect": connect})


retrieving("webhook_endpoint", "/v1/webhook_endpoints", WebhookEndpointRetrieveParams)
listing("webhook_endpoint", "/v1/webhook_endpoints", WebhookEndpointListParams)
