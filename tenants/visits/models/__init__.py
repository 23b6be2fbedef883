"""Visits, and what was heard on them: difficulties and needs."""

from tenants.visits.models.heard import Difficulty, Need
from tenants.visits.models.visits import Visit

__all__ = ["Difficulty", "Need", "Visit"]
