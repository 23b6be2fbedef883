"""Members, the people of a member, positions with their terms, groups, and imports of registers."""

from tenants.members.models.consents import Consent
from tenants.members.models.groups import Group, GroupPlace
from tenants.members.models.imports import ImportedRow, RegisterImport
from tenants.members.models.members import Contact, Member
from tenants.members.models.positions import Position, Term

__all__ = ["Consent", "Contact", "Group", "GroupPlace", "ImportedRow", "Member", "Position", "RegisterImport", "Term"]
