"""Taking a payment for a chamber on the service's hosted page, and giving money back. Said by whoever is paid for."""

import datetime
import hashlib
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from billing.actions import LOCALES
from billing.handing import hand_over
from billing.mirroring import mirror
from billing.models import Collection, Event, Operation, Payout, ReceivingAccount
from billing.operations import is_ours, once
from billing.provider import ProviderRefused, asking, of_account
from billing.receiving import require_ready
from huiguan.tenancy.binding import in_site

HOUR = 3600
CURRENCY = "cny"
Line = tuple[str, int]  # what it is for, and fen


def methods(chamber_id: UUID) -> list[str]:
    """How members of this chamber can pay online now; empty where they cannot."""
    with in_site():
        account = ReceivingAccount.objects.of(chamber_id)
        return account.methods if account else []


def payouts(chamber_id: UUID, *, since: datetime.date, until: datetime.date) -> list[tuple[int, datetime.date]]:
    """What the service paid out to the chamber's bank: fen, and the day it should arrive."""
    with in_site():
        found = Payout.objects.filter(account__chamber_id=chamber_id, arrives_on__range=(since, until), status="paid")
        return list(found.values_list("amount_fen", "arrives_on"))


def open_page(
    *,
    chamber_id: UUID,
    purpose: str,
    key: str,
    title: str,
    payer: str,
    lines: Sequence[Line],
    return_url: str,
    cancel_url: str,
    language: str = "zh-hans",
    wanted: Sequence[str] = (),
) -> Collection:
    """The hosted page for a key: of two who ask at once, both get the one page. Raises ProviderError."""
    with in_site():
        account = require_ready(chamber_id)
        fen = sum(fen for _what, fen in lines)
        row, made = Collection.objects.get_or_create(
            chamber_id=chamber_id, purpose=purpose, key=key,
            defaults={"account": account, "title": title[:200], "amount_fen": fen, "handed_over_at": now()},
        )  # fmt: skip
        if made:
            offered = [each for each in account.methods if not wanted or each in wanted]
            _open(row, payer, lines, offered, {"success_url": return_url, "cancel_url": cancel_url}, language)
        return row


def confirm(*, chamber_id: UUID, collection_id: UUID) -> Collection:
    """Looks at once, without waiting for the event, and tells the books. Raises ProviderError."""
    with in_site():
        mirror(Collection.objects.get(pk=collection_id, chamber_id=chamber_id))
        hand_over(collection_id)
        return Collection.objects.get(pk=collection_id)


def close(*, chamber_id: UUID, collection_id: UUID) -> Collection:
    """Nobody pays on this page any more; if somebody just has, that counts. Raises ProviderError."""
    with in_site():
        row = Collection.objects.get(pk=collection_id, chamber_id=chamber_id)
        try:
            with asking() as stripe:
                stripe.checkout.sessions.expire(row.session_id, {}, of_account(row.account.stripe_id))
        except ProviderRefused:
            pass  # not open any more: what it is now is looked up below
    return confirm(chamber_id=chamber_id, collection_id=collection_id)


def refund(*, chamber_id: UUID, collection_id: UUID, fen: int, key: str, reason: str = "") -> None:
    """Money back the way it came; asked twice with a key it is one refund. Raises ProviderError."""
    with in_site():
        row = Collection.objects.select_related("account").get(pk=collection_id, chamber_id=chamber_id)
        if row.status != Collection.Status.PAID:
            raise ProviderRefused(_("This payment has not come in, so nothing can go back."))
        once(
            key=f"refund-{row.pk}-{key}"[:120],
            kind=Operation.Kind.REFUND,
            chamber_id=chamber_id,
            ask=lambda key: _refund(row, fen, reason, key),
            find=lambda key: _find_refund(row, key),
        )
    confirm(chamber_id=chamber_id, collection_id=collection_id)


def _open(
    row: Collection, payer: str, lines: Sequence[Line], offered: list[str], urls: dict[str, str], language: str
) -> None:
    """Who pays is told to the chamber's account there, and not kept here."""
    expires = (
        int(Event.objects.newest_moment().timestamp()) // HOUR + 2
    ) * HOUR  # the same for an hour: asked again, it is one page
    marks = {"chamber": str(row.chamber_id), "purpose": row.purpose, "collection": row.key}
    given: Any = {
        "mode": "payment",
        "allowed_payment_method_types": offered,
        "line_items": [_line(what, fen) for what, fen in lines],
        "client_reference_id": str(row.chamber_id),
        "metadata": marks,
        "payment_intent_data": {"metadata": marks, "description": f"{payer} {row.title}"},
        "expires_at": expires,
        "locale": LOCALES.get(language, "zh"),
        "submit_type": "pay",
        **urls,
    }
    if "wechat_pay" in offered:
        given["payment_method_options"] = {"wechat_pay": {"client": "web"}}
    mark = hashlib.sha256(json.dumps([row.key, given], sort_keys=True).encode()).hexdigest()
    with asking() as stripe:
        made = stripe.checkout.sessions.create(given, of_account(row.account.stripe_id, f"page-{mark}"))
    row.session_id, row.url = made.id, str(made.url)
    row.expires_at = datetime.datetime.fromtimestamp(expires, datetime.UTC)
    row.save()


def _line(what: str, fen: int) -> dict[str, Any]:
    return {
        "quantity": 1,
        "price_data": {"currency": CURRENCY, "unit_amount": fen, "product_data": {"name": what[:120]}},
    }


def _refund(row: Collection, fen: int, reason: str, key: str) -> str:
    marks = {"chamber": str(row.chamber_id), "operation": key, "reason": reason[:200]}
    given: Any = {"payment_intent": row.payment_id, "amount": fen, "reason": "requested_by_customer", "metadata": marks}
    with asking() as stripe:
        return stripe.refunds.create(given, of_account(row.account.stripe_id, key)).id


def _find_refund(row: Collection, key: str) -> str | None:
    with asking() as stripe:
        made = stripe.refunds.list({"payment_intent": row.payment_id}, of_account(row.account.stripe_id))
        return next((one.id for one in made.auto_paging_iter() if is_ours(one.metadata, key)), None)


@transaction.atomic
def look_again(collection_id: UUID) -> None:
    """What the sweep and the nightly reconciliation do."""
    mirror(Collection.objects.select_related("account").get(pk=collection_id))
    hand_over(collection_id)
