"""What is sold: products, and the prices they are sold at."""

from stripe.params import (
    PriceCreateParams,
    PriceListParams,
    PriceRetrieveParams,
    PriceUpdateParams,
    ProductCreateParams,
    ProductListParams,
    ProductRetrieveParams,
    ProductUpdateParams,
)

from billing.sandbox.calls import call, listing, retrieving
from billing.sandbox.customers import merged
from billing.sandbox.errors import invalid
from billing.sandbox.events import change, emit
from billing.sandbox.store import Body, Store

PRODUCT = "active description metadata name"
PRICE = "active lookup_key metadata nickname transfer_lookup_key"


@call("POST", "/v1/products", ProductCreateParams, takes=PRODUCT)
def create_product(store: Store, given: Body) -> Body:
    product = merged(store.make("product", updated=store.now()), given)
    emit(store, "product.created", store.keep(product))
    return product


@call("POST", "/v1/products/{id}", ProductUpdateParams, takes=PRODUCT)
def update_product(store: Store, given: Body, ident: str) -> Body:
    product = merged(store.get("product", ident), given)
    return change(store, "product.updated", product | {"updated": store.now()})


@call("POST", "/v1/prices", PriceCreateParams, takes=PRICE + " currency product recurring unit_amount")
def create_price(store: Store, given: Body) -> Body:
    store.get("product", given.get("product", ""))
    if "unit_amount" not in given:
        raise invalid("Prices need unit_amount.", "unit_amount", "parameter_missing")
    price = merged(store.make("price", unit_amount_decimal=str(given["unit_amount"])), _named(store, given))
    if "recurring" in given:
        recurring = {"interval_count": 1, "meter": None, "trial_period_days": None, "usage_type": "licensed"}
        price |= {"type": "recurring", "recurring": recurring | given["recurring"]}
    emit(store, "price.created", store.keep(price))
    return price


@call("POST", "/v1/prices/{id}", PriceUpdateParams, takes=PRICE)
def update_price(store: Store, given: Body, ident: str) -> Body:
    return change(store, "price.updated", merged(store.get("price", ident), _named(store, given)))


def _named(store: Store, given: Body) -> Body:
    """A lookup key names one price; it is taken from the other only when that is asked for."""
    transfer = given.pop("transfer_lookup_key", False)
    for other in store.all("price", lookup_key=given.get("lookup_key")) if given.get("lookup_key") else []:
        if not transfer:
            raise invalid(f"A price ({other['id']}) already uses that lookup key.", "lookup_key")
        change(store, "price.updated", other | {"lookup_key": None})
    return given


def _is_wanted(price: Body, given: Body) -> bool:
    return "lookup_keys" not in given or price["lookup_key"] in given["lookup_keys"]


retrieving("product", "/v1/products", ProductRetrieveParams)
listing("product", "/v1/products", ProductListParams, equal="active")
retrieving("price", "/v1/prices", PriceRetrieveParams)
listing("price", "/v1/prices", PriceListParams, equal="active product currency", takes="lookup_keys", wanted=_is_wanted)
