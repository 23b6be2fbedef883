"""The federation's register as others ask it. Each function enters the federation's place itself."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federation.registry.items import Item
from federation.registry.models import (
    Acceptance,
    Application,
    Federation,
    Membership,
    MembershipInvitation,
    Profile,
    SharingAgreement,
)
from huiguan.inbox.handlers import Delivered, Refused
from huiguan.once import once
from huiguan.tenancy.binding import in_federation, in_site
from huiguan.tenancy.models import Chamber


class NotAMember(Refused):
    """The chamber is no member of this federation, or has not accepted the item; the message says which."""


@dataclass(frozen=True)
class FederationOfChamber:
    """A federation as one of its members knows it."""

    id: uuid.UUID
    name: str
    slug: str
    items: tuple[str, ...]
    joined_on: datetime.date
    membership_id: uuid.UUID


def membership(*, federation_id: uuid.UUID, chamber_id: uuid.UUID, item: str | None = None) -> Membership:
    """The chamber's standing now. Raises NotAMember without it, or when the item is not accepted."""
    with in_federation():
        found: Membership | None = Membership.objects.of(federation_id).active().filter(chamber_id=chamber_id).first()
    if found is None:
        raise NotAMember(_("The chamber is not a member of this federation."))
    if item is not None and item not in found.items:
        text = _("The chamber has not accepted the item “{item}” of the sharing agreement.")
        raise NotAMember(text.format(item=Item(item).label))
    return found


def sender(message: Delivered, item: str) -> Membership:
    """The member that says this and has not taken the item back since it said it. The first line of every handler.

    What waited on its way while the chamber took the item back stays unsaid, also when the item is accepted again.
    """
    member = membership(federation_id=message.federation_id, chamber_id=message.chamber_id, item=item)
    taken_back = Acceptance.objects.taken_back(federation_id=message.federation_id, item=item)
    if taken_back.filter(membership__chamber_id=message.chamber_id, taken_back_at__gte=message.sent_at).exists():
        text = _("The chamber took the item “{item}” of the sharing agreement back after it had sent this.")
        raise NotAMember(text.format(item=Item(item).label))
    return member


def taken_back_at(*, federation_id: uuid.UUID, item: str) -> dict[uuid.UUID, datetime.datetime]:
    """When each chamber last took the item back, if it ever did: what it said before no longer counts."""
    with in_federation():
        ended = Acceptance.objects.taken_back(federation_id=federation_id, item=item).order_by()
        return dict(ended.values_list("membership__chamber_id").annotate(Max("taken_back_at")))


@once
def federations_of(chamber_id: uuid.UUID) -> list[FederationOfChamber]:
    """Every federation the chamber is a member of, the oldest first."""
    with in_federation():
        found = Membership.objects.active().filter(chamber_id=chamber_id).select_related("federation")
        return [_of_chamber(m) for m in found.order_by("joined_on", "id")]


def invitations_of(chamber_id: uuid.UUID) -> list[MembershipInvitation]:
    """What the chamber has been invited to and can still answer."""
    with in_federation():
        return list(_invitations(chamber_id).order_by("expires_on"))


def invitation(*, chamber_id: uuid.UUID, pk: uuid.UUID) -> MembershipInvitation | None:
    """One open invitation of this chamber; another chamber's does not exist for it."""
    with in_federation():
        return _invitations(chamber_id).filter(pk=pk).first()


def applications_of(chamber_id: uuid.UUID) -> list[Application]:
    """The chamber's applications and what became of them, the newest first."""
    with in_federation():
        return list(Application.objects.filter(chamber_id=chamber_id).select_related("federation"))


def agreement(federation_id: uuid.UUID, version: int | None = None) -> SharingAgreement:
    """The current version, or a past one, with its clauses. A federation has one from its first day."""
    with in_federation():
        found: QuerySet[SharingAgreement] = SharingAgreement.objects.of(federation_id)
        return found.get(version=version) if version else found.latest("version")


def current_versions(federation_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """The newest version of each federation's agreement."""
    with in_federation():
        newest = SharingAgreement.objects.filter(federation_id__in=list(federation_ids)).order_by()
        return dict(newest.values_list("federation_id").annotate(Max("version")))


def federation_at(slug: str) -> Federation | None:
    """The federation at an address."""
    with in_federation():
        return Federation.objects.filter(slug=slug).first()


def members(federation_id: uuid.UUID, item: str | None = None) -> list[Membership]:
    """The active members, or those that take part in an item now, in the order they joined.

    Who accepted it and is suspended on the platform takes no part until it is open again.
    """
    with in_site():
        return list(_members(federation_id, item))


def sharing(federation_id: uuid.UUID, item: str) -> frozenset[uuid.UUID]:
    """The chambers of those members: asked for each list of suggestions."""
    with in_site():
        return frozenset(_members(federation_id, item).order_by().values_list("chamber_id", flat=True))


def closed(federation_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Members whose chamber is suspended, archived or erased: the site knows, the federation's role does not."""
    with in_site():
        found = Membership.objects.of(federation_id).active().filter(chamber_id__in=_not_open())
        return frozenset(found.values_list("chamber_id", flat=True))


def directory(federation_id: uuid.UUID) -> "QuerySet[Profile]":
    """Published profiles of members that share them now and whose chamber is open. The caller is in the federation."""
    shown = Profile.objects.filter(federation_id=federation_id, membership__status=Membership.Status.ACTIVE)
    shown = shown.filter(membership__items__contains=[Item.DIRECTORY]).select_related("membership")
    return shown.exclude(membership__chamber_id__in=closed(federation_id))


def published_profiles(*, federation_id: uuid.UUID, chamber_id: uuid.UUID) -> list[Profile]:
    """The directory as a member chamber reads it. Raises NotAMember for anyone else."""
    membership(federation_id=federation_id, chamber_id=chamber_id)
    with in_federation():
        return list(directory(federation_id))


def _invitations(chamber_id: uuid.UUID) -> "QuerySet[MembershipInvitation]":
    found: QuerySet[MembershipInvitation] = MembershipInvitation.objects.open(on=localdate())
    return found.filter(chamber_id=chamber_id).select_related("federation")


def _members(federation_id: uuid.UUID, item: str | None) -> Any:
    found = Membership.objects.of(federation_id).active()
    return found.sharing(item).exclude(chamber_id__in=_not_open()) if item else found


def _not_open() -> "QuerySet[Chamber]":
    """Asked on the site."""
    found: QuerySet[Chamber] = Chamber.objects.exclude(status=Chamber.Status.ACTIVE).values("pk")
    return found


def _of_chamber(found: Membership) -> FederationOfChamber:
    federation = found.federation
    return FederationOfChamber(
        id=federation.pk,
        name=federation.name,
        slug=federation.slug,
        items=tuple(found.items),
        joined_on=found.joined_on,
        membership_id=found.pk,
    )
