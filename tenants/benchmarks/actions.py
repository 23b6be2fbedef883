"""Computing the chamber's figures, agreeing to share a KPI, sending a quarter, taking a KPI back."""

import hashlib
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from huiguan.actors import current_actor
from huiguan.capability import kpis
from huiguan.kpis import Period
from huiguan.once import while_reading
from huiguan.outbox.delivery import publish
from huiguan.tenancy.binding import current_chamber
from tenants.benchmarks.models import Figure, Sending, Share

SIZE_SOURCE = "P01"  # its denominator is the number of members


def compute(year: int, quarter: int) -> list[Figure]:
    """Every KPI of every capability over the twelve months that end with the quarter, anew.

    What several of them ask, as the number of members on a day, is asked once.
    """
    period = Period.year_to(Period.quarter(year, quarter).last)
    with while_reading():
        made = [_figure(code, year, quarter, period) for code in kpis()]
    fields = ["value", "numerator", "denominator", "quality", "computed_at", "version"]
    keys = ["code", "year", "quarter"]
    Figure.objects.bulk_create(made, update_conflicts=True, unique_fields=keys, update_fields=fields)
    return list(Figure.objects.filter(year=year, quarter=quarter))


@transaction.atomic
def share(*, federation_id: uuid.UUID, federation_name: str, code: str) -> Share:
    """Agree to share one KPI. Its value must have been computed, so that it can have been seen."""
    current_actor().require("benchmarks.share")
    if not Figure.objects.filter(code=code).exists():
        raise ValidationError(_("Look at the figure before you share it."))
    given: Share = Share.objects.standing(federation_id).filter(code=code).first() or Share(
        federation_id=federation_id, federation_name=federation_name, code=code
    )
    given.given_by = current_actor().name
    given.save()
    return given


@transaction.atomic
def count_for_topics(given: Share, *, counts: bool) -> None:
    """From the next sending on: of a release that is made nothing changes."""
    current_actor().require("benchmarks.share")
    given.counts_for_topics = counts
    given.save()


@transaction.atomic
def share_again(*, federation_id: uuid.UUID, federation_name: str) -> int:
    """Every KPI that was shared until the item was taken back. Returns how many; sending is a step of its own."""
    ended = Share.objects.ended_with_item(federation_id)
    for one in ended:
        share(federation_id=federation_id, federation_name=federation_name, code=one.code)
    return len(ended)


@transaction.atomic
def withdraw(given: Share) -> None:
    """From now on the KPI is in no release; those that are frozen stay as they are."""
    current_actor().require("benchmarks.share")
    given.withdrawn_on = localdate()
    given.save(verb="withdrawn")
    for figure in Figure.objects.filter(code=given.code)[:2]:  # the quarters that may still be open
        content = {"code": figure.code, "version": figure.version, "year": figure.year, "quarter": figure.quarter}
        _publish(given, "benchmarks.figure_withdrawn", given.federation_id, given.federation_name, content)


@transaction.atomic
def send(*, federation_id: uuid.UUID, federation_name: str, year: int, quarter: int) -> Sending:
    """Send the shared KPIs of a quarter, exactly as `preview` shows them."""
    current_actor().require("benchmarks.share")
    content = preview(federation_id=federation_id, year=year, quarter=quarter)
    if not content["figures"]:
        raise ValidationError(_("There is nothing to send: share at least one KPI that has a value."))
    sending = Sending(federation_id=federation_id, federation_name=federation_name, year=year, quarter=quarter)
    sending.sent_by = current_actor().name
    sending.save()
    _publish(sending, "benchmarks.figures_sent", federation_id, federation_name, content)
    return sending


def preview(*, federation_id: uuid.UUID, year: int, quarter: int) -> dict[str, Any]:
    """Word for word what would leave now."""
    shared = dict(Share.objects.standing(federation_id).values_list("code", "counts_for_topics"))
    counting = {code for code, counts in shared.items() if counts}
    figures = Figure.objects.filter(year=year, quarter=quarter, code__in=list(shared)).exclude(value=None)
    told = [{"code": f.code, "version": f.version, "value": round(f.value, 4)} for f in figures.order_by("code")]
    members = Figure.objects.filter(year=year, quarter=quarter, code=SIZE_SOURCE).first()
    size = int(members.denominator) if members else 0
    told_of = {"year": year, "quarter": quarter, "members": size, "organisation": organisation()}
    return {**told_of, "figures": told, "for_topics": sorted(counting & {f["code"] for f in told})}


def organisation() -> str:
    """Tells apart who stands behind a chamber without saying who: a hash of the credit code; empty without one."""
    chamber = current_chamber()
    code = chamber.credit_code if chamber else ""
    return hashlib.sha256(f"organisation:{code}".encode()).hexdigest()[:24] if code else ""


def _figure(code: str, year: int, quarter: int, period: Period) -> Figure:
    kpi = kpis()[code]
    measured = kpi.measure(period)
    figure = Figure(code=code, version=kpi.version, year=year, quarter=quarter, computed_at=now())
    figure.value, figure.quality = measured.value, measured.quality
    figure.numerator, figure.denominator = measured.numerator, measured.denominator
    return figure


def _publish(record: Any, name: str, to: uuid.UUID, recipient: str, content: dict[str, Any]) -> None:
    basis = _("Consent of the secretary-general to each KPI; sharing agreement, item benchmarking")
    publish(record, name, to=to, recipient=recipient, content=content, basis=basis)
