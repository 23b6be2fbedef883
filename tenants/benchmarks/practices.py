"""Sharing how it is done: on as one message, off as another. [federation.md B.5, T16]"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federation.benchmarking.practices import is_in_the_better_quarter
from federation.registry.queries import FederationOfChamber
from huiguan.actors import current_actor
from huiguan.kpis import Kpi
from huiguan.outbox.delivery import publish
from huiguan.tenancy.binding import current_chamber
from tenants.benchmarks.models import Practice


def may_share(kpi: Kpi, federation: FederationOfChamber) -> bool:
    chamber = current_chamber()
    assert chamber is not None, "asked in a chamber"
    return is_in_the_better_quarter(chamber_id=chamber.pk, federation_id=federation.id, code=kpi.code)


@transaction.atomic
def share_practice(
    *, kpi: Kpi, federation: FederationOfChamber, title: str, text: str, takes_mentees: bool = False
) -> Practice:
    """A card takes the place of the one before. Exactly these words leave, signed with the chamber's name."""
    current_actor().require("benchmarks.share")
    if not may_share(kpi, federation):
        raise ValidationError(_("Only chambers of the better quarter of the newest release share how they do it."))
    card = Practice.objects.filter(federation_id=federation.id, code=kpi.code, ended_on=None).first() or Practice(
        federation_id=federation.id, federation_name=federation.name, code=kpi.code
    )
    card.title, card.text, card.takes_mentees = title, text, takes_mentees
    card.shared_on, card.shared_by = localdate(), current_actor().name
    card.full_clean()
    card.save()
    said = {"code": kpi.code, "title": title, "text": text, "takes_mentees": takes_mentees}
    _publish(card, "benchmarks.practice_shared", said)
    return card


@transaction.atomic
def end_practice(card: Practice) -> None:
    """The federation's members no longer see it."""
    current_actor().require("benchmarks.share")
    card.ended_on = localdate()
    card.save(verb="withdrawn")
    _publish(card, "benchmarks.practice_ended", {"code": card.code})


def _publish(card: Practice, name: str, content: dict[str, Any]) -> None:
    basis = _("Decision of the secretary-general; sharing agreement, item benchmarking")
    publish(card, name, to=card.federation_id, recipient=card.federation_name, content=content, basis=basis)
