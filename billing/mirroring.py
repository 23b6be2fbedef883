"""Brings our row of an online payment to what the service says now: order, repetition, age of events do not matter."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from billing.models import Collection, Return
from billing.provider import asking, of_account

EVERYTHING = ["payment_intent.latest_charge.balance_transaction"]
RETURNED = {"succeeded": "done", "pending": "pending", "requires_action": "pending"}
Status = Collection.Status
SEEN = ("status", "method", "paid_fen", "fee_fen", "paid_at", "dispute", "payment_id")


def mirror(collection: Collection) -> Collection:
    """What differs has to be handed over to the chamber's books again. Raises ProviderError."""
    with transaction.atomic():
        row = Collection.objects.locked(pk=collection.pk)
        before = {name: getattr(row, name) for name in SEEN}
        session = _session(row)
        _keep(row, session)
        is_new = _keep_returns(row) if row.payment_id else False
        if is_new or before != {name: getattr(row, name) for name in SEEN}:
            row.handed_over_at = None
        row.mirrored_at = now()
        row.save()
    return row


def _session(row: Collection) -> dict[str, Any]:
    with asking() as stripe:
        asked: Any = {"expand": EVERYTHING}
        told: Any = stripe.checkout.sessions.retrieve(row.session_id, asked, of_account(row.account.stripe_id))
    return told.to_dict(recursive=True)  # type: ignore[no-any-return]


def _keep(row: Collection, session: dict[str, Any]) -> None:
    intent = session.get("payment_intent") or {}
    charge = intent.get("latest_charge") or {}
    row.status = _status(session, intent)
    row.payment_id = intent.get("id") or ""
    if row.status == Collection.Status.PAID:
        row.method = (charge.get("payment_method_details") or {}).get("type") or row.method
        row.paid_fen = intent.get("amount_received") or row.amount_fen
        row.fee_fen = _fee(charge.get("balance_transaction") or {})
        row.paid_at = _moment(charge.get("created")) or row.paid_at or now()


def _status(session: dict[str, Any], intent: dict[str, Any]) -> str:
    if session["status"] == "expired":
        return Status.EXPIRED
    if session["payment_status"] == "paid" or intent.get("status") == "succeeded":
        return Status.PAID
    if session["status"] == "open":
        return Status.OPEN
    return Status.PROCESSING if intent.get("status") == "processing" else Status.FAILED


def _fee(balance: dict[str, Any]) -> int:
    """In fen; an account that is kept in another currency pays its fee in that."""
    fee = int(balance.get("fee") or 0)
    rate = balance.get("exchange_rate")
    return round(fee / rate) if rate else fee


def _keep_returns(row: Collection) -> bool:
    """Refunds, whoever made them, and disputes. Whether anything is new."""
    options = of_account(row.account.stripe_id)
    about: Any = {"payment_intent": row.payment_id, "limit": 100}
    with asking() as stripe:
        refunds = [one.to_dict() for one in stripe.refunds.list(about, options).auto_paging_iter()]
        disputes = [one.to_dict() for one in stripe.disputes.list(about, options).auto_paging_iter()]
    row.dispute = disputes[0]["status"] if disputes else ""
    lost = [one for one in disputes if one["status"] == "lost" or _was_lost(one)]
    told = [_refund(row, one) for one in refunds] + [_dispute(row, one) for one in lost]
    return sum(_keep_return(values) for values in told) > 0


def _was_lost(dispute: dict[str, Any]) -> bool:
    """One that was lost and won after all: the money is back."""
    return dispute["status"] == "won" and Return.objects.filter(stripe_id=dispute["id"]).exists()


def _refund(row: Collection, told: dict[str, Any]) -> dict[str, Any]:
    reason = (told.get("metadata") or {}).get("reason") or ""
    status = RETURNED.get(str(told["status"]), "failed")
    return _returned(row, told, kind=Return.Kind.REFUND, status=status, reason=reason)


def _dispute(row: Collection, told: dict[str, Any]) -> dict[str, Any]:
    status = "done" if told["status"] == "lost" else "failed"
    return _returned(row, told, kind=Return.Kind.DISPUTE, status=status, reason=told["reason"])


def _returned(row: Collection, told: dict[str, Any], **said: Any) -> dict[str, Any]:
    facts = {"collection": row, "amount_fen": told["amount"], "happened_at": _moment(told["created"])}
    return {"stripe_id": told["id"], **facts, **said}


def _keep_return(values: dict[str, Any]) -> bool:
    ident = values.pop("stripe_id")
    known = Return.objects.filter(stripe_id=ident).first()
    if known is not None and all(getattr(known, name) == value for name, value in values.items()):
        return False
    Return.objects.update_or_create(stripe_id=ident, defaults=values)
    return True


def _moment(seconds: int | None) -> datetime.datetime | None:
    return None if seconds is None else datetime.datetime.fromtimestamp(seconds, datetime.UTC)
