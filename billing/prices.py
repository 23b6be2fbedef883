"""Our plans as Stripe's prices, found again by their lookup key."""

from typing import Any

from billing.models import Plan
from billing.provider import asking

CURRENCY = "cny"


def price_of(plan: Plan) -> str:
    """The id of the plan's price at Stripe, made when it is not there."""
    if not plan.stripe_price_id:
        plan.stripe_price_id = _find(plan) or _make(plan)
        plan.save(update_fields=["stripe_price_id"])
    return str(plan.stripe_price_id)


def plan_of(price_id: str, lookup_key: str | None) -> Plan | None:
    """The plan that a subscription's price stands for."""
    code = (lookup_key or "").removeprefix("huiguan_")
    found = Plan.objects.filter(stripe_price_id=price_id).first() or Plan.objects.filter(code=code).first()
    return found if isinstance(found, Plan) else None


def _lookup_key(plan: Plan) -> str:
    return f"huiguan_{plan.code}"


def _find(plan: Plan) -> str | None:
    with asking() as stripe:
        found = stripe.prices.list({"lookup_keys": [_lookup_key(plan)], "active": True}).data
    return next((one.id for one in found if one.unit_amount == plan.price_fen), None)


def _make(plan: Plan) -> str:
    product: Any = {"name": plan.names.get("zh-hans", plan.code), "metadata": {"plan": plan.code}}
    key = f"{plan.code}-{plan.price_fen}"
    with asking() as stripe:
        made = stripe.products.create(product, {"idempotency_key": f"product-{key}"})
        price: Any = {
            "product": made.id, "currency": CURRENCY, "unit_amount": plan.price_fen, "lookup_key": _lookup_key(plan),
            "transfer_lookup_key": True, "recurring": {"interval": plan.interval},
        }  # fmt: skip
        return stripe.prices.create(price, {"idempotency_key": f"price-{key}"}).id
