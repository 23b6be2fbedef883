"""What other folders have done here: a member admitted, an admission taken back, an applicant recognised. [S1]"""

import datetime
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from huiguan import entitlements, trail
from huiguan.actors import current_actor
from tenants.members.merging.suggesting import SAME_PHONE, reason_of, row_of
from tenants.members.models import Consent, Contact, Member
from tenants.members.register.likeness import compare, core
from tenants.members.register.rows import Row, RowClass
from tenants.members.search import folded

MOST_ALIKE = 10
COME_WITH_IT = {"contacts", "consents", "standing"}  # what an admission writes, and what nobody writes


class Alike(NamedTuple):
    """A member, or a former one, that the applicant may be; and why."""

    member: Member
    reason: Promise | str
    is_certain: bool


@transaction.atomic
def admit(
    *,
    facts: Mapping[str, Any],
    person: Mapping[str, str],
    joined_on: datetime.date,
    agreed: Collection[str] = (),
    evidence: str = "",
    former: Member | None = None,
) -> Member:
    """A new member with its contact and its consents, or a `former` one that comes back.

    `facts` are fields of a member, `person` those of a contact. Raises ValidationError in words: the plan is full,
    the credit code is another member's.
    """
    current_actor().require("members.change")
    trail.take_turn()
    _refuse_beyond_the_plan()
    member = _readmitted(former, joined_on) if former else _made(facts, joined_on)
    if not member.contacts.filter(name=person["name"], phone=person["phone"]).exists():
        Contact(member=member, **person).save()
    for purpose in agreed:
        if not member.consents.filter(purpose=purpose, withdrawn_on=None).exists():
            said = {"given_on": joined_on, "given_by": person["name"], "evidence": evidence[:200]}
            Consent(member=member, purpose=purpose, **said).save()
    member.refresh_from_db()
    return member


@transaction.atomic
def take_back(member: Member) -> None:
    """An admission by mistake: only while nothing else was written of the member. Raises ValidationError."""
    current_actor().require("members.change")
    trail.take_turn()
    if written := _written_of(member):
        text = _("More was written of the member since then ({what}). Record that it left instead.")
        raise ValidationError(text.format(what="、".join(written)))
    member.delete()


def alike(*, facts: Mapping[str, Any], person: Mapping[str, str]) -> list[Alike]:
    """The certain ones first, members of today before those who left."""
    row = _row_of_applicant(facts, person)
    found = [_compared(member, row, person["phone"]) for member in _candidates(facts, person["phone"])]
    return sorted(filter(None, found), key=lambda a: (not a.is_certain, a.member.status))[:MOST_ALIKE]


def _refuse_beyond_the_plan() -> None:
    chamber_id = current_actor().chamber_id
    answer = entitlements.may(chamber_id, "members.add") if chamber_id else None
    if answer and not answer.allowed:
        raise ValidationError(str(answer.reason))


def _made(facts: Mapping[str, Any], joined_on: datetime.date) -> Member:
    member = Member(joined_on=joined_on, **facts)
    member.full_clean(validate_constraints=False)
    if other := Member.objects.active().filter(credit_code=member.credit_code).exclude(credit_code="").first():
        raise ValidationError(_("“{name}” is a member with the same credit code.").format(name=other))
    member.save()
    return member


def _readmitted(former: Member, joined_on: datetime.date) -> Member:
    former.readmit(on=joined_on)
    return former


def _written_of(member: Member) -> list[str]:
    """Kinds of records that point to the member, beside what came with its admission."""
    relations = [r for r in member._meta.related_objects if r.get_accessor_name() not in COME_WITH_IT]
    return [
        str(r.related_model._meta.verbose_name_plural)
        for r in relations
        if r.related_model._base_manager.filter(**{r.field.name: member}).exists()
    ]


def _row_of_applicant(facts: Mapping[str, Any], person: Mapping[str, str]) -> Row:
    """As a register would hold it, to be compared by the same rules."""
    names = ("kind", "name", "legal_representative")
    fields: dict[str, Any] = {name: facts.get(name, "") for name in names}
    fields |= {"former_name": "", "contacts": [{"name": person["name"]}], "phones": [person["phone"]]}
    if facts.get("credit_code"):
        fields["credit_code"] = facts["credit_code"]
    row = Row("", 0, RowClass.MEMBER, fields=fields, written={"key": ""}, written_name=str(facts["name"]))
    row.written_code = str(facts.get("credit_code", ""))
    return row


def _candidates(facts: Mapping[str, Any], phone: str) -> Any:
    """Those that share a name, what remains of it, a code or a telephone: no others are compared."""
    name, code = str(facts["name"]), facts.get("credit_code")
    wanted = Q(name=name) | Q(former_name=name) | Q(search_text__contains=folded(core(name) or name))
    wanted |= Q(credit_code=code) if code else Q()
    wanted |= Q(contacts__phone=phone) if phone else Q()
    keys = Member.objects.filter(wanted).order_by().values("pk")
    return Member.objects.filter(pk__in=keys).prefetch_related("contacts")[:50]


def _compared(member: Member, row: Row, phone: str) -> Alike | None:
    likeness = compare(row_of(1, member), row)
    if likeness.how:
        return Alike(member, reason_of(likeness.how), likeness.is_certain)
    has_phone = bool(phone) and any(person.phone == phone for person in member.contacts.all())
    return Alike(member, reason_of(SAME_PHONE), False) if has_phone else None
