"""From an application to a working chamber whose secretary-general has an invitation in hand. [T1]"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now

from huiguan.tenancy import hosts
from huiguan.tenancy.models import Opening, Spare
from huiguan.tenancy.provisioning import check_slug, open_chamber

PER_HOUR = 30  # openings on one platform: a robot is stopped, a busy day is not


def is_free(slug: str) -> bool:
    try:
        check_slug(slug)
    except ValidationError:
        return False
    return True


@transaction.atomic
def open_now(opening: Opening) -> str | None:
    """Open at once from a spare; the address of the invitation, or None when no spare is ready."""
    from huiguan.accounts.actions import invitation_path, invite
    from huiguan.roles import Role

    lately = Opening.objects.filter(created_at__gt=now() - datetime.timedelta(hours=1)).count()
    if not Spare.objects.exists() or lately >= PER_HOUR:
        return None
    chamber = open_chamber(
        name=opening.name,
        slug=opening.slug,
        kind=opening.kind,
        host_region=opening.host_region,
        home_region=opening.home_region,
    )
    opening.chamber = chamber
    opening.save()
    host, name = hosts.Host("chamber", chamber=chamber), hosts.address(chamber.slug)
    invitation = invite(
        host=host,
        host_name=name,
        place_name=chamber.name,
        invited_by="",
        name=opening.contact_name,
        email=opening.contact_email,
        role=Role.SECRETARY_GENERAL,
    )
    _refill_soon()
    return hosts.absolute_url(name, invitation_path(invitation, host))


def _refill_soon() -> None:
    from huiguan.tenancy.tasks import refill_spares

    transaction.on_commit(lambda: refill_spares.delay(), robust=True)
