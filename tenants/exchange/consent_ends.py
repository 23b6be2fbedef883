"""What a member takes back with its consent: its published needs and offers. [PIPL 15]"""

from typing import Any

from django.utils.translation import ngettext

from tenants.exchange.models import Listing


def told(member: Any) -> str:
    number = Listing.objects.standing().filter(member=member).count()
    said = ngettext(
        "{n} published need or offer is withdrawn.", "{n} published needs and offers are withdrawn.", number
    )
    return said.format(n=number) if number else ""


def end(member: Any) -> None:
    """Published ones are withdrawn from the federation; none is published again before the member agrees anew."""
    for listing in Listing.objects.standing().filter(member=member):
        listing.withdraw()
    Listing.objects.filter(member=member).exclude(member_agreed_on=None).update(member_agreed_on=None)
