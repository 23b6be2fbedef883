"""Joining, declining, applying: what a chamber says to a federation that it is not yet a member of. [F1]"""

import uuid
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from federation.registry import queries
from federation.registry.items import known
from federation.registry.models import Federation, MembershipInvitation
from huiguan.actors import current_actor
from tenants.affiliation.models import Affiliation, Application
from tenants.affiliation.models.entries import facts_of_the_chamber


@transaction.atomic
def join(*, invitation: MembershipInvitation, items: Iterable[str], version: int) -> Affiliation:
    """Accept an invitation with the items chosen under the version that was read."""
    current_actor().require("affiliation.change")
    if Affiliation.objects.current().filter(federation_id=invitation.federation_id).exists():
        raise ValidationError(_("The chamber is already a member."))
    refuse_another_version(invitation.federation_id, version)
    affiliation = _affiliation(invitation, Affiliation.Status.MEMBER, version)
    affiliation.items = known(items)
    affiliation.save()
    said = {"invitation_id": str(invitation.pk), "items": affiliation.items, "version": version}
    affiliation.send("affiliation.joined", {**said, **facts_of_the_chamber()})
    return affiliation


@transaction.atomic
def decline(*, invitation: MembershipInvitation, reason: str = "") -> Affiliation:
    """Say no; nothing but that and the reason leaves."""
    current_actor().require("affiliation.change")
    version = queries.agreement(invitation.federation_id).version
    affiliation = _affiliation(invitation, Affiliation.Status.DECLINED, version)
    affiliation.reason = reason
    affiliation.save()
    affiliation.send("affiliation.declined", {"invitation_id": str(invitation.pk), "reason": reason})
    return affiliation


@transaction.atomic
def apply_to(*, federation: Federation, message: str = "") -> Application:
    """Ask to join. The federation learns what is on the chamber's public page, and the message."""
    current_actor().require("affiliation.change")
    if Affiliation.objects.current().filter(federation_id=federation.pk).exists():
        raise ValidationError({"slug": _("The chamber is already a member.")})
    mine = Application.objects.filter(federation_id=federation.pk, is_withdrawn=False).first()
    application = mine or Application(federation_id=federation.pk)
    application.federation_name, application.message = federation.name, message
    application.save()
    application.send("affiliation.applied", {**facts_of_the_chamber(), "message": message})
    return application


@transaction.atomic
def withdraw(application: Application) -> None:
    """The coordinators no longer see it as waiting."""
    current_actor().require("affiliation.change")
    application.is_withdrawn = True
    application.save()
    application.send("affiliation.application_withdrawn", {})


def refuse_another_version(federation_id: uuid.UUID, version: int) -> None:
    """Nobody accepts words that were changed while they were being read."""
    if queries.agreement(federation_id).version != version:
        raise ValidationError(_("The sharing agreement has changed meanwhile. Read it again."))


def _affiliation(invitation: MembershipInvitation, status: str, version: int) -> Affiliation:
    return Affiliation(
        federation_id=invitation.federation_id,
        federation_name=invitation.federation.name,
        status=status,
        version=version,
    )
