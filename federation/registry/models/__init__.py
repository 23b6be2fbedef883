"""The register's tables: federations, agreements, entrances, memberships, profiles."""

from federation.registry.models.agreements import Clause, SharingAgreement
from federation.registry.models.entrances import Application, MembershipInvitation
from federation.registry.models.federations import Federation
from federation.registry.models.memberships import Acceptance, Membership
from federation.registry.models.profiles import Profile

__all__ = [
    "Acceptance",
    "Application",
    "Clause",
    "Federation",
    "Membership",
    "MembershipInvitation",
    "Profile",
    "SharingAgreement",
]
