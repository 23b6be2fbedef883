"""What of the benefits waits for a person: agreements and offers that are about to end."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.actors import Actor
from huiguan.capability import Item
from tenants.benefits.models import Merchant, Offer

AHEAD = datetime.timedelta(days=30)
MOST = 20


def waiting(actor: Actor) -> Iterator[Item]:
    today = localdate()
    ending = Merchant.objects.partners().filter(agreed_until__lte=today + AHEAD)
    for merchant in ending.order_by("agreed_until", "pk")[:MOST]:
        url = reverse("benefits-merchant-detail", args=[merchant.pk])
        yield Item(merchant.name, url, _("The agreement ends"), merchant.agreed_until, "due", _("Talk to them"))
    offers = Offer.objects.open().filter(ends_on__lte=today + AHEAD, merchant__agreed_until=None)
    for offer in offers.select_related("merchant").order_by("ends_on", "pk")[:MOST]:
        url = reverse("benefits-offer-detail", args=[offer.pk])
        yield Item(str(offer), url, _("The offer ends"), offer.ends_on, "due", _("Talk to them"))
