"""A change of price within a period: the unused part is credited, the rest of the new price is charged."""

from stripe.params import SubscriptionItemListParams

from billing.sandbox.calls import call, listed, page
from billing.sandbox.collection import collect
from billing.sandbox.errors import invalid
from billing.sandbox.events import change
from billing.sandbox.invoices import add_item, draw_up, finalize
from billing.sandbox.periods import end_of_period
from billing.sandbox.store import Body, Store


def reprice(store: Store, subscription: Body, wanted: list[Body], proration: str) -> None:
    """Items change in place; another interval starts a new period at once, which is always invoiced."""
    items = {item["id"]: item for item in subscription["items"]["data"]}
    moved = False
    for given in wanted:
        item = items.get(given.get("id", ""))
        if item is None:
            raise invalid("This sandbox changes the items a subscription has; give the item's id.", "items[0][id]")
        price = store.get("price", given.get("price", item["price"]["id"]))
        moved |= price["recurring"] != item["price"]["recurring"]
        _change(store, subscription, item, price, given.get("quantity", item["quantity"]), proration)
    data = listed(subscription["items"]["url"], list(items.values()))
    change(store, "customer.subscription.updated", subscription | {"items": data})
    if subscription["status"] == "active" and (moved or proration == "always_invoice"):
        _invoice_now(store, subscription)


def _change(store: Store, subscription: Body, item: Body, price: Body, quantity: int, proration: str) -> None:
    if subscription["status"] == "active" and proration != "none":
        start, finish, now = item["current_period_start"], item["current_period_end"], store.now()
        share = (finish - now) / (finish - start)
        _prorate(store, subscription, item["price"], -round(item["price"]["unit_amount"] * item["quantity"] * share))
        whole = price["recurring"] != item["price"]["recurring"]
        _prorate(store, subscription, price, round(price["unit_amount"] * quantity * (1 if whole else share)))
    if price["recurring"] != item["price"]["recurring"] and subscription["status"] == "active":
        _begin_period(store, subscription, item, price)
    item |= {"price": price, "quantity": quantity}


def _prorate(store: Store, subscription: Body, price: Body, amount: int) -> None:
    name = store.get("product", price["product"])["name"]
    add_item(
        store, subscription["id"], amount=amount, net_amount=amount, currency=price["currency"], proration=True,
        customer=subscription["customer"], description=f"{name} {'-' if amount < 0 else '+'}",
    )  # fmt: skip


def _begin_period(store: Store, subscription: Body, item: Body, price: Body) -> None:
    now = store.now()
    subscription["billing_cycle_anchor"] = now
    item |= {"current_period_start": now, "current_period_end": end_of_period(now, now, price["recurring"])}


def _invoice_now(store: Store, subscription: Body) -> None:
    customer = store.get("customer", subscription["customer"])
    invoice = draw_up(store, customer, subscription, "subscription_update", [])
    latest = store.get("subscription", subscription["id"]) | {"latest_invoice": invoice["id"]}
    store.keep(latest)
    collect(store, finalize(store, invoice))


@call(
    "GET", "/v1/subscription_items", SubscriptionItemListParams, takes="subscription limit starting_after ending_before"
)
def list_items(store: Store, given: Body) -> Body:
    return page("/v1/subscription_items", store.get("subscription", given["subscription"])["items"]["data"], given)
