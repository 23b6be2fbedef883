"""Customers and the cards attached to them."""

from typing import Any

from stripe.params import (
    CustomerCreateParams,
    CustomerDeleteParams,
    CustomerListParams,
    CustomerRetrieveParams,
    CustomerUpdateParams,
)

from billing.sandbox.calls import call, listing, retrieving
from billing.sandbox.events import change, emit
from billing.sandbox.store import Body, Store

FIELDS = "address description email invoice_settings metadata name phone preferred_locales"


@call("POST", "/v1/customers", CustomerCreateParams, takes=FIELDS)
def create(store: Store, given: Body) -> Body:
    customer = merged(store.make("customer"), given)
    emit(store, "customer.created", store.keep(customer))
    return customer


@call("POST", "/v1/customers/{id}", CustomerUpdateParams, takes=FIELDS)
def update(store: Store, given: Body, ident: str) -> Body:
    card = given.get("invoice_settings", {}).get("default_payment_method")
    if card:
        store.get("payment_method", card)
    return change(store, "customer.updated", merged(store.get("customer", ident), given))


@call("DELETE", "/v1/customers/{id}", CustomerDeleteParams)
def delete(store: Store, given: Body, ident: str) -> Body:
    customer = store.get("customer", ident)
    emit(store, "customer.deleted", customer)
    return store.drop(customer)


def merged(body: Body, given: Body) -> Body:
    """The object with what was given: an empty text clears, metadata and nested settings are merged name by name."""
    for name, value in given.items():
        if name == "metadata":
            body[name] = _without_empty(body[name] | value) if value else {}
        elif isinstance(value, dict) and isinstance(body.get(name), dict):
            body[name] = body[name] | {inner: part or None for inner, part in value.items()}
        elif name != "expand":
            body[name] = None if value == "" else value
    return body


def _without_empty(metadata: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in metadata.items() if value != ""}


retrieving("customer", "/v1/customers", CustomerRetrieveParams)
listing("customer", "/v1/customers", CustomerListParams, equal="email")
