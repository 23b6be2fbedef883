"""Members and their people, what is known of them, positions with their terms, groups, and imports of registers."""

from tenants.members.models.consents import Consent
from tenants.members.models.contacts import Contact
from tenants.members.models.groups import Group, GroupPlace
from tenants.members.models.imports import ImportedRow, RegisterImport
from tenants.members.models.members import Member
from tenants.members.models.positions import Position, Term
from tenants.members.models.standings import Standing

__all__ = [
    "Consent",
    "Contact",
    "Group",
    "GroupPlace",
    "ImportedRow",
    "Member",
    "Position",
    "RegisterImport",
    "Standing",
    "Term",
]
