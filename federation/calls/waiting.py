"""What data calls want of the coordinator: answers to look at, chambers that are late."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from federation.calls.models import Call, Receipt
from huiguan.actors import Actor
from huiguan.capability import Item


def items(actor: Actor) -> Iterator[Item]:
    if actor.federation_id is None:
        return
    open_ones = Receipt.objects.filter(federation_id=actor.federation_id, call__status=Call.Status.OPEN)
    for receipt in open_ones.select_related("call"):
        url = reverse("calls-receipt-detail", args=[receipt.pk])
        if receipt.status == Receipt.Status.SUBMITTED:
            yield Item(str(receipt), url, _("The chamber has answered: look at it."), None, "waiting", _("Look"))
        elif receipt.status in Receipt.UNANSWERED and receipt.call.is_past:
            yield Item(str(receipt), url, _("The answer is late: call."), receipt.call.due_on, "late", _("Look"))
