"""What a chamber keeps of its federations in its own schema."""

from tenants.affiliation.models.affiliations import Affiliation
from tenants.affiliation.models.applications import Application
from tenants.affiliation.models.entries import Entry

__all__ = ["Affiliation", "Application", "Entry"]
