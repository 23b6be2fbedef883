"""What the links add to a member's page."""

from typing import Any

from huiguan.actors import Actor
from huiguan.own.models import Link

MOST = 20


def links_of(member: Any, actor: Actor) -> dict[str, Any]:
    """Each contact with the link that works for them now."""
    live = {link.contact_id: link for link in Link.objects.live().filter(member=member)}
    contacts = list(member.contacts.all()[:MOST])
    rows = []
    for contact in contacts:
        link = live.get(contact.pk)
        if link:
            link.contact, link.member = contact, member
        rows.append({"contact": contact, "link": link if link and link.is_live else None})
    return {"member": member, "rows": rows, "has_links": bool(live), "is_member": member.status == "active"}
