"""What data calls want of the coordinator: answers to look at; who has not read as the day comes, who is late."""

import datetime
from collections.abc import Iterator
from itertools import groupby

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federation.calls.models import Call, Receipt
from huiguan.actors import Actor
from huiguan.capability import Item

DAYS_TO_READ = 3  # before the day; who has not read by then is called


def items(actor: Actor) -> Iterator[Item]:
    if actor.federation_id is None:
        return
    here = Receipt.objects.filter(federation_id=actor.federation_id, call__status=Call.Status.OPEN)
    for receipt in here.filter(status=Receipt.Status.SUBMITTED).select_related("call"):
        url = reverse("calls-receipt-detail", args=[receipt.pk])
        yield Item(str(receipt), url, _("The chamber has answered: look at it."), None, "waiting", _("Look"))
    waiting = here.waiting().select_related("call").prefetch_related("call__questions")
    for _key, receipts in groupby(waiting.order_by("call__due_on", "call_id", "chamber_name"), lambda r: r.call_id):
        yield from _of_call(list(receipts))


def _of_call(receipts: list[Receipt]) -> Iterator[Item]:
    """Those of one call that have not answered; a notice is answered by reading it."""
    call = receipts[0].call
    unread = [r for r in receipts if r.status == Receipt.Status.NOT_SEEN]
    if call.is_past:
        late = receipts if call.form else unread
        why = _("Late: {chambers}. Unread by {n}. Call them.")
        yield from _item(call, late, why.format(chambers=_names(late), n=len(unread)), "late")
    elif call.due_on - localdate() <= datetime.timedelta(days=DAYS_TO_READ):
        yield from _item(call, unread, _("Not read yet: {chambers}.").format(chambers=_names(unread)), "due")


def _item(call: Call, receipts: list[Receipt], why: str, level: str) -> Iterator[Item]:
    if receipts:
        yield Item(str(call), reverse("calls-call-detail", args=[call.pk]), why, call.due_on, level, _("Look"))


def _names(receipts: list[Receipt]) -> str:
    return _(", ").join(receipt.chamber_name for receipt in receipts)
