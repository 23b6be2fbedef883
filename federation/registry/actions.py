"""Opening a federation, its agreement's versions, and inviting chambers."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federation.registry.items import Item
from federation.registry.models import Clause, Federation, Membership, MembershipInvitation, SharingAgreement
from federation.registry.wording import CLAUSES, INTRODUCTION
from huiguan import trail
from huiguan.tenancy import hosts
from huiguan.tenancy.binding import in_federation, in_site
from huiguan.tenancy.models import Chamber, Domain
from huiguan.tenancy.provisioning import check_slug

Words = Mapping[str, Mapping[str, str]]


@transaction.atomic
def open_federation(*, name: str, slug: str, coordinator: Any = None, **fields: Any) -> Federation:
    """A federation on its address, with the first version of its sharing agreement. `coordinator` is a Person.

    Raises ValidationError with a text for each wrong field; then nothing exists.
    """
    with in_site():
        check_slug(slug)
        federation = Federation(name=name, slug=slug, **fields)
        federation.full_clean()
        federation.save()
        Domain.objects.create(domain=hosts.address(slug), federation_id=federation.pk, label=name, is_primary=True)
        hosts.forget(hosts.address(slug))
        with translation.override(settings.LANGUAGE_CODE):
            words = {item.value: {k: str(v) for k, v in wording._asdict().items()} for item, wording in CLAUSES.items()}
            issue_agreement(federation.pk, introduction=str(INTRODUCTION), words=words)
        if coordinator is not None:
            _appoint(coordinator, federation)
    return federation


def invite_coordinator(federation: Federation, *, email: str, name: str) -> str:
    """Offer the role of coordinator by e-mail. Returns the link, to be handed over by chat as well."""
    from huiguan.accounts.actions import invitation_path, invite
    from huiguan.roles import Role

    host, host_name = hosts.Host("federation", federation_id=federation.pk), hosts.address(federation.slug)
    person = {"email": email, "name": name, "role": Role.COORDINATOR}
    made = invite(host=host, host_name=host_name, place_name=federation.name, invited_by="", **person)
    return hosts.absolute_url(host_name, invitation_path(made, host))


@transaction.atomic
def issue_agreement(
    federation_id: uuid.UUID, *, introduction: str, words: Words, changes: str = ""
) -> SharingAgreement:
    """The next version. Chambers stay under the version they accepted until they accept this one."""
    trail.take_turn()
    Federation.objects.select_for_update().get(pk=federation_id)
    last = SharingAgreement.objects.filter(federation_id=federation_id).order_by("-version").first()
    version = last.version + 1 if last else 1
    made = SharingAgreement(federation_id=federation_id, version=version, introduction=introduction, changes=changes)
    made.save()
    for position, item in enumerate(item for item in Item if item.value in words):
        Clause(agreement=made, item=item, position=position, **words[item.value]).save()
    return made


@transaction.atomic
def invite_chamber(*, federation_id: uuid.UUID, slug: str, message: str = "") -> MembershipInvitation:
    """Invite the chamber at an address. Raises ValidationError for `slug`."""
    chamber = _chamber_at(slug)
    with in_federation():
        _refuse_a_second(federation_id, chamber.pk)
        invitation = MembershipInvitation(
            federation_id=federation_id, chamber_id=chamber.pk, chamber_name=chamber.name, message=message
        )
        invitation.save()
    return invitation


def _chamber_at(slug: str) -> Chamber:
    with in_site():
        is_open = Chamber.objects.filter(status=Chamber.Status.ACTIVE)
        chamber: Chamber | None = is_open.filter(slug=slug.strip().lower()).first()
    if chamber is None:
        raise ValidationError({"slug": _("No chamber answers at this address.")})
    return chamber


def _refuse_a_second(federation_id: uuid.UUID, chamber_id: uuid.UUID) -> None:
    """One membership and one open invitation at a time; an expired invitation makes room for a new one."""
    if Membership.objects.of(federation_id).active().filter(chamber_id=chamber_id).exists():
        raise ValidationError({"slug": _("This chamber is already a member.")})
    unanswered = MembershipInvitation.objects.filter(
        federation_id=federation_id, chamber_id=chamber_id, status=MembershipInvitation.Status.INVITED
    )
    if unanswered.filter(expires_on__gte=localdate()).exists():
        raise ValidationError({"slug": _("This chamber has already been invited.")})
    for expired in unanswered:
        expired.withdraw()


def _appoint(person: Any, federation: Federation) -> None:
    from huiguan.accounts.actions import appoint
    from huiguan.roles import Role

    appoint(person=person, role=Role.COORDINATOR, federation_id=federation.pk)
