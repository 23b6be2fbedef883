"""Tells a chamber's books what became of a payment: in the chamber, as the system, in one transaction with our note."""

from uuid import UUID

import structlog
from django.db import transaction
from django.utils.timezone import localdate, now

from billing.models import Collection
from billing.purposes import Collected, Returned, follower
from huiguan.actors import SYSTEM, Actor, acting_as
from huiguan.tenancy.binding import in_chamber, in_site
from huiguan.tenancy.models import Chamber

log = structlog.get_logger(__name__)


def hand_over(collection_id: UUID) -> bool:
    """Whether the books know it now. What fails is kept with its reason and tried again by the sweep."""
    try:
        with transaction.atomic():
            return _hand_over(collection_id)
    except Exception as error:  # the books' own fault must not undo what we know of the payment
        log.exception("a_payment_was_not_handed_over", collection=str(collection_id))
        problem = f"{type(error).__name__}: {error}"[:300]
        Collection.objects.filter(pk=collection_id).update(problem=problem)
        return False


def hand_over_waiting() -> int:
    waiting = list(Collection.objects.to_hand_over().values_list("pk", flat=True)[:500])
    return sum(hand_over(pk) for pk in waiting)


def _hand_over(collection_id: UUID) -> bool:
    row = Collection.objects.locked(pk=collection_id)
    follow = follower(row.purpose)
    chamber = Chamber.objects.filter(pk=row.chamber_id, status=Chamber.Status.ACTIVE).first()
    if row.handed_over_at is not None or follow is None or chamber is None:
        return row.handed_over_at is not None
    told = _collected(row)
    system = Actor(SYSTEM.name, permissions=SYSTEM.permissions, chamber_id=chamber.pk)
    with in_site(), acting_as(system), in_chamber(chamber):
        follow(told)
    row.handed_over_at, row.problem = now(), ""
    row.save()
    return True


def _collected(row: Collection) -> Collected:
    return Collected(
        id=row.pk,
        key=row.key,
        status=row.status,
        fen=row.paid_fen,
        fee_fen=row.fee_fen,
        method=row.method,
        paid_on=localdate(row.paid_at) if row.paid_at else None,
        reference=row.payment_id,
        dispute=row.dispute,
        returned=tuple(
            Returned(each.pk, each.amount_fen, each.status, each.kind, each.reason, localdate(each.happened_at))
            for each in row.returns.all()
        ),
    )
