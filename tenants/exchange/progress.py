"""What follows the contacts, as this chamber tells it: talks, agreement, delivery, result, dispute, mediation."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from federation.matching.introductions import Introduction, Mediation
from federation.matching.models import ProfileReview
from huiguan.actors import current_actor
from huiguan.outbox.delivery import publish
from huiguan.outbox.models import Message
from tenants.exchange.actions import tell


def note_meeting(*, introduction: Introduction, met_on: datetime.date, text: str = "") -> None:
    tell(introduction, "exchange.meeting_noted", met_on=met_on.isoformat(), text=text)


def report_agreement(
    *, introduction: Introduction, kind: str, value_band: str, signed_on: datetime.date, text: str = ""
) -> None:
    said = {"kind": kind, "value_band": value_band, "signed_on": signed_on.isoformat(), "text": text}
    tell(introduction, "exchange.agreement_reported", **said)


def report_no_deal(*, introduction: Introduction, reason: str, text: str = "") -> None:
    tell(introduction, "exchange.no_deal_reported", reason=reason, text=text)


def report_delivery(*, introduction: Introduction, delivered_on: datetime.date, text: str = "") -> None:
    tell(introduction, "exchange.delivery_reported", delivered_on=delivered_on.isoformat(), text=text)


def report_outcome(
    *, introduction: Introduction, success: int, amount_band: str, jobs: int | None = None, text: str = ""
) -> None:
    """This side's half of the confirmation."""
    tell(introduction, "exchange.outcome_reported", success=success, amount_band=amount_band, jobs=jobs, text=text)


def raise_dispute(*, introduction: Introduction, text: str, mediation: bool = False) -> None:
    tell(introduction, "exchange.dispute_raised", text=text, mediation=mediation)


def ask_for_mediation(*, introduction: Introduction) -> None:
    tell(introduction, "exchange.mediation_asked")


def settle_dispute(*, introduction: Introduction, text: str = "") -> None:
    tell(introduction, "exchange.dispute_settled", text=text)


@transaction.atomic
def report_reading(*, review: ProfileReview, federation: str, verdict: str, remarks: list[str], text: str) -> None:
    """Of another chamber's need or offer: "approve" or "return" with remarks."""
    current_actor().require("exchange.agree")
    publish(
        review,
        "exchange.profile_reviewed",
        to=review.federation_id,
        recipient=federation,
        content={
            "review_id": str(review.pk),
            "title": str(review),
            "verdict": verdict,
            "remarks": remarks,
            "text": text,
        },
        basis=_("Sharing agreement, item “Matching”; a second reading that the federation asked for"),
    )


@transaction.atomic
def report_mediation(*, mediation: Mediation, federation: str, result: str, text: str) -> None:
    """As the chamber that is no party: "settled" or "unsettled"."""
    current_actor().require("exchange.agree")
    content = {
        "dispute_id": str(mediation.dispute.pk),
        "need": mediation.need.title,
        "offer": mediation.offer.title,
        "result": result,
        "text": text,
    }
    publish(
        mediation.dispute,
        "exchange.mediation_reported",
        to=mediation.dispute.federation_id,
        recipient=federation,
        content=content,
        basis=_("Sharing agreement, item “Matching”; a mediation that the federation asked for"),
    )


def is_read(pk: Any) -> bool:
    """Whether what this chamber said of it has not arrived yet."""
    sent = Message.objects.filter(record_id=pk, name="exchange.profile_reviewed", state=Message.State.PENDING)
    return bool(sent.exists())
