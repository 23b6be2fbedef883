"""What a connected account is paid out to its bank account: everything that came in since the last time."""

from stripe.params import PayoutListParams, PayoutRetrieveParams

from billing.sandbox.calls import listing, retrieving
from billing.sandbox.errors import invalid
from billing.sandbox.events import emit
from billing.sandbox.periods import DAY
from billing.sandbox.store import Body, Store


def pay_out(store: Store) -> Body:
    """Of the account that is seen now."""
    with store.transaction():
        paid = {ident for payout in store.all("payout") for ident in store.setting(f"payout {payout['id']}").split()}
        fresh = [row for row in store.all("balance_transaction") if row["id"] not in paid and row["type"] != "payout"]
        net = sum(row["net"] for row in fresh)
        if net <= 0:
            raise invalid("There is nothing to pay out.", code="balance_insufficient")
        payout = store.make("payout", amount=net, currency="cny", arrival_date=store.now() + DAY)
        payout["statement_descriptor"] = "STRIPE"
        store.set(f"payout {payout['id']}", " ".join(row["id"] for row in fresh))
        emit(store, "payout.created", store.keep(payout | {"status": "in_transit"}))
        emit(store, "payout.paid", store.keep(payout))
    return payout


retrieving("payout", "/v1/payouts", PayoutRetrieveParams)
listing("payout", "/v1/payouts", PayoutListParams, equal="status", takes="arrival_date")
