"""What of dues waits for a person today."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiguan.actors import Actor
from huiguan.capability import Item
from huiguan.kit.formats import money
from tenants.dues.ladder import due_for_a_step
from tenants.dues.models import Arrangement, InvoiceRequest, OnlinePayment

MOST = 20  # the ladder's own page has all of them


def waiting(actor: Actor) -> Iterator[Item]:
    """Easings that wait for a resolution, instalments that did not come, and the next steps of the ladder."""
    if actor.can("dues.resolve"):
        yield from _to_resolve()
    if actor.can("dues.book"):
        yield from _disputed()
        yield from _to_invoice()
    yield from _broken()
    yield from _steps()


def _to_resolve() -> Iterator[Item]:
    for each in Arrangement.objects.waiting().select_related("charge__member")[:MOST]:
        title = _("{kind} for {member}").format(kind=each.get_kind_display(), member=each.charge.member)
        url = reverse("dues-arrangement-detail", args=[each.pk])
        yield Item(title, url, _("Waits for a resolution"), action_label=_("Record"))


def _disputed() -> Iterator[Item]:
    for each in OnlinePayment.objects.disputed().select_related("member")[:MOST]:
        title = _("{member} disputes a payment of {amount}").format(member=each.member, amount=money(each.amount_fen))
        url = reverse("dues-onlinepayment-detail", args=[each.pk])
        yield Item(title, url, _("Answer on the payment service's own pages"), level="late", action_label=_("Look"))


def _to_invoice() -> Iterator[Item]:
    for each in InvoiceRequest.objects.waiting().select_related("member").order_by("id")[:MOST]:
        url = reverse("dues-invoicerequest-detail", args=[each.pk])
        yield Item(str(each), url, _("Asks for an invoice"), action_label=_("Issue"))


def _broken() -> Iterator[Item]:
    running = Arrangement.objects.running().exclude(kind=Arrangement.Kind.WAIVER)
    for each in running.select_related("charge__member").prefetch_related("instalments"):
        due = each.next_due()
        if due is not None and due < localdate():
            url = reverse("dues-arrangement-detail", args=[each.pk])
            yield Item(str(each.charge.member), url, _("What was agreed has not come"), due, "late", _("Look"))


def _steps() -> Iterator[Item]:
    steps = list(due_for_a_step(most=MOST + 1))
    for charge, rung in steps[:MOST]:
        days = charge.days_late()
        why = ngettext("{n} day late", "{n} days late", days).format(n=days)
        url = reverse("dues-charge-detail", args=[charge.pk])
        yield Item(f"{charge.member} · {charge}", url, why, charge.due_on, "late", str(rung.label))
    if len(steps) > MOST:
        yield Item(_("More members are late"), reverse("dues-ladder"), level="late", action_label=_("See all"))
