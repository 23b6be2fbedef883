"""Corrections that a member proposed, on its page for the secretariat."""

from typing import Any

from huiguan.actors import Actor
from tenants.members.models import Proposal

NEWEST = 5


def proposals_of(member: Any, actor: Actor) -> dict[str, Any] | None:
    """Those to be decided, and the newest of the others; None where none was ever made."""
    found = list(member.proposals.select_related("contact", "by_contact"))
    waiting = [each for each in found if each.status == Proposal.Status.OPEN]
    decided = [each for each in found if each.status != Proposal.Status.OPEN][:NEWEST]
    return {"member": member, "waiting": waiting, "decided": decided} if waiting or decided else None
