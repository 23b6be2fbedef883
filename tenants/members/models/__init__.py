"""What the members' folder keeps, a module for each noun."""

from tenants.members.models.bulk_edits import BulkEdit
from tenants.members.models.consents import Consent
from tenants.members.models.contacts import Contact
from tenants.members.models.earlier import EarlierMembership
from tenants.members.models.groups import Group, GroupPlace
from tenants.members.models.imported_rows import ImportedRow
from tenants.members.models.imports import RegisterImport
from tenants.members.models.members import Member
from tenants.members.models.merges import Merge
from tenants.members.models.positions import Position, Term
from tenants.members.models.proposals import Proposal
from tenants.members.models.relations import Relation
from tenants.members.models.segments import Segment
from tenants.members.models.standings import Standing
from tenants.members.models.touches import Touch
from tenants.members.models.turns import Turn

__all__ = [
    "BulkEdit",
    "Consent",
    "Contact",
    "EarlierMembership",
    "Group",
    "GroupPlace",
    "ImportedRow",
    "Member",
    "Merge",
    "Position",
    "Proposal",
    "RegisterImport",
    "Relation",
    "Segment",
    "Standing",
    "Term",
    "Touch",
    "Turn",
]
