"""An application comes in, by the form or on paper; several are decided by one resolution."""

import datetime
import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from huiguan import trail
from huiguan.actors import Actor
from huiguan.tenancy.binding import current_chamber
from tenants.applications.models import Application
from tenants.applications.telling import Step, tell, tell_office

APPLICANT = "入会申请人"  # the name in the trail of whoever applies: who it is stands in the application alone
RECEIVE = "applications.receive"  # held by no role


def applicant() -> Actor:
    """Somebody without an account, who may do what belongs to their own application."""
    chamber = current_chamber()
    return Actor(APPLICANT, permissions=frozenset({RECEIVE}), chamber_id=chamber.pk if chamber else None)


@transaction.atomic
def receive(application: Application, *, agreed: Collection[str], consent: str, key: uuid.UUID | None) -> Application:
    """Keep it, and tell the applicant. A form that was sent twice gives back the first."""
    trail.take_turn()
    there: Application | None = Application.objects.filter(form_key=key).first() if key else None
    if there:
        return there
    application.agreed, application.form_key = list(agreed), key
    application.consent_text, application.consented_at = consent, now()
    application.save()
    tell(application, Step.RECEIVED)
    if application.is_own:
        tell_office(application, Step.RECEIVED)
    return application


@transaction.atomic
def approve_together(
    applications: Iterable[Application], *, body: str, resolution: str, resolved_on: datetime.date
) -> None:
    """By one resolution: all or none."""
    trail.take_turn()
    for application in applications:
        application.approve(body=body, resolution=resolution, resolved_on=resolved_on)


@transaction.atomic
def recognise(application: Application, former: Any | None) -> None:
    """It is a member of before, who will be readmitted; None takes that back."""
    trail.take_turn()
    application.former = former
    application.save()
