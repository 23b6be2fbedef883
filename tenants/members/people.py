"""People who stand for several members, and who is related to whom, for a member's page."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiguan.actors import Actor
from tenants.members.models import Contact, Member, Relation

SHORTEST_NAME = 2  # one character is a surname
MOST = 20


def related_people(member: Any, actor: Actor) -> dict[str, Any] | None:
    """Told by telephone and name; and what was written by hand."""
    relations = Relation.objects.filter(Q(member=member) | Q(other=member))
    return {
        "elsewhere": elsewhere(member),
        "relations": [each.seen_from(member) for each in relations.prefetch_related("member", "other", "contact")],
        "member": member,
        "may_change": actor.can("members.change"),
    }


def elsewhere(member: Member) -> list[dict[str, Any]]:
    """The same person at another member: certain by telephone, likely by name."""
    people = list(member.contacts.all())
    phones = {person.phone for person in people if person.phone}
    names = {name for name in (*(p.name for p in people), member.legal_representative) if len(name) >= SHORTEST_NAME}
    found: dict[Any, dict[str, Any]] = {}
    contacts = Contact.objects.filter(Q(phone__in=phones) | Q(name__in=names), member__merged_into=None)
    told = contacts.exclude(member=member).select_related("member").only("name", "phone", "member__name")
    for contact in told.order_by("id")[:MOST]:
        how = _("the same telephone") if contact.phone in phones else _("the same name")
        found.setdefault(contact.member_id, {"member": contact.member, "name": contact.name, "how": how})
    others = Member.objects.filter(legal_representative__in=names).exclude(pk=member.pk)
    for other in others.only("name", "legal_representative")[:MOST]:
        said = {"member": other, "name": other.legal_representative, "how": _("the same name")}
        found.setdefault(other.pk, said)
    return list(found.values())
