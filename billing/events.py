"""Takes in what Stripe tells, once, and acts upon it by asking what is true now."""

import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import now

from billing import connected
from billing.actions import bought
from billing.mirror import mirror
from billing.models import Account, Event
from billing.provider import ProviderError, asking
from billing.standings import review_all

if TYPE_CHECKING:
    import stripe as sdk

LOOK_BACK = datetime.timedelta(days=4)  # Stripe itself tries for three days
WAIT_BEFORE_RETRY = datetime.timedelta(seconds=20)


def receive(told: "sdk.Event", found_by: str = Event.FoundBy.DELIVERY) -> bool:
    """Keeps the event; False when it was known already. Nothing else happens here, so the answer is quick."""
    body: Any = told.data.object
    row = Event(
        stripe_id=told.id,
        kind=told.type,
        object_kind=getattr(body, "object", ""),
        object_id=getattr(body, "id", None) or "",
        account_id=getattr(told, "account", None) or "",
        payment_id=_payment_of(body),
        happened_at=datetime.datetime.fromtimestamp(told.created, datetime.UTC),
        found_by=found_by,
    )
    made = Event.objects.filter(pk=told.id).exists()
    Event.objects.bulk_create([row], ignore_conflicts=True)
    return not made


def process(event_id: str) -> None:
    """Once, though called by several at a time; what fails is kept with its reason and tried again by the sweep."""
    with transaction.atomic():
        event = Event.objects.select_for_update(skip_locked=True).filter(pk=event_id, processed_at=None).first()
        if event is None:
            return
        try:
            with transaction.atomic():
                _act(event)
            event.processed_at, event.problem = now(), ""
        except ProviderError as error:
            event.problem = str(error)[:300]
        event.attempts += 1
        event.save()


def process_waiting() -> int:
    """All that wait, oldest first. How many were looked at."""
    waiting = list(Event.objects.waiting().values_list("pk", flat=True)[:500])
    for event_id in waiting:
        process(event_id)
    return len(waiting)


def sweep() -> int:
    """Fetches what was never delivered, then does what waits. How many were unknown. Raises ProviderError."""
    since = int((now() - LOOK_BACK).timestamp())
    with asking() as stripe:
        undelivered = stripe.events.list({"delivery_success": False, "created": {"gte": since}, "limit": 100})
        found = sum(receive(told, Event.FoundBy.SWEEP) for told in undelivered.auto_paging_iter())
    process_waiting()
    return found


def _payment_of(body: Any) -> str:
    """The payment intent that an object is or belongs to; empty for what belongs to none."""
    if getattr(body, "object", "") == "payment_intent":
        return str(body.id)
    found = getattr(body, "payment_intent", None)
    return found if isinstance(found, str) else ""


def _act(event: Event) -> None:
    if event.account_id:
        connected.act(event)
    elif event.kind.startswith("customer.subscription."):
        mirror(event.object_id)
    elif event.kind == "checkout.session.completed":
        _bought_at_checkout(event.object_id)
    elif event.kind.startswith("invoice."):
        _mirror_invoiced(event)
    elif event.kind == "test_helpers.test_clock.ready":
        review_all()


def _bought_at_checkout(session_id: str) -> None:
    with asking() as stripe:
        session = stripe.checkout.sessions.retrieve(session_id)
    account = Account.objects.filter(stripe_customer_id=session.customer or "-").first()
    if account and session.subscription:
        bought(account, str(session.subscription))


def _mirror_invoiced(event: Event) -> None:
    with asking() as stripe:
        parent = stripe.invoices.retrieve(event.object_id).parent
    if parent and parent.subscription_details:
        mirror(str(parent.subscription_details.subscription))
