"""What is wrong is proposed field by field; what is simple and one's own is changed at once."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiguan import trail
from huiguan.about import CHAMBER_URLS
from huiguan.deliveries.actions import announce
from huiguan.parts import Own
from tenants.members.models import Contact, Member, Proposal
from tenants.members.models.proposals import GONE, NEW, PERSON

COMPANY = (
    "name", "short_name", "credit_code", "legal_representative", "registered_capital_wan", "industry",
    "business_scope", "products", "headcount", "revenue", "region", "address", "needs", "offers",
)  # fmt: skip
OWN_FIELDS = ("name", "role", "phone", "other_phone", "wechat", "email")
AT_ONCE = ("role", "phone", "other_phone", "wechat", "email")
MOST_OPEN = 40  # of one member: more than that is no correction


@transaction.atomic
def propose(own: Own, values: dict[str, Any], *, person: Contact | None = None) -> list[Proposal]:
    """`values` by field, of the member or of one of its people; what is as in the register is left aside."""
    trail.take_turn()
    target: Member | Contact = person or own.member
    differing = {name: value for name, value in values.items() if getattr(target, name) != value}
    _refuse_too_many(own, len(differing))
    proposed = [_propose(own, target, name, value) for name, value in differing.items()]
    if proposed:
        _tell_office(own)
    return proposed


@transaction.atomic
def propose_person(own: Own, values: dict[str, str]) -> Proposal:
    """Somebody who is not in the register yet."""
    trail.take_turn()
    _refuse_too_many(own, 1)
    said = {name: values.get(name, "") for name in PERSON}
    made: Proposal = Proposal.objects.create(member=own.member, by_contact=own.contact, field=NEW, value=said)
    _tell_office(own)
    return made


@transaction.atomic
def propose_leaving(own: Own, person: Contact) -> Proposal:
    """Somebody who is not with the member any more."""
    trail.take_turn()
    _refuse_too_many(own, 1)
    said = {name: getattr(person, name) for name in PERSON}
    about = {"member": own.member, "contact": person, "field": GONE, "is_of_person": True}
    made: Proposal = Proposal.objects.open().filter(**about).first() or Proposal.objects.create(
        by_contact=own.contact, before=said, **about
    )
    _tell_office(own)
    return made


@transaction.atomic
def accept_all(proposals: Iterable[Proposal]) -> None:
    """All or none. Raises ValidationError with the name of the first that the register cannot hold."""
    for proposal in proposals:
        try:
            proposal.accept()
        except ValidationError as error:
            raise ValidationError(f"{proposal.what()}：{' '.join(error.messages)}") from error


@transaction.atomic
def reject_all(proposals: Iterable[Proposal]) -> None:
    for proposal in proposals:
        proposal.reject()


def _tell_office(own: Own) -> None:
    """Once a day for a member, however many corrections it sends."""
    subject = format_lazy(gettext_lazy("{member} corrects what the register says"), member=own.member)
    url = reverse("members-member-detail", urlconf=CHAMBER_URLS, args=[own.member.pk])
    dedupe = f"members.proposals:{own.member.pk}:{localdate():%Y%m%d}"
    announce(about=own.member, permission="members.change", subject=subject, url=url, dedupe=dedupe)


def _propose(own: Own, target: Member | Contact, name: str, value: Any) -> Proposal:
    """A later word of the same field takes the place of an earlier one that nobody has decided."""
    person = target if isinstance(target, Contact) else None
    about = {"member": own.member, "contact": person, "is_of_person": person is not None, "field": name}
    proposal = Proposal.objects.open().filter(**about).first() or Proposal(**about)
    proposal.by_contact, proposal.before, proposal.value = own.contact, _kept(getattr(target, name)), _kept(value)
    proposal.is_at_once = person is not None and person.pk == own.contact.pk and name in AT_ONCE
    proposal.save()
    if proposal.is_at_once:
        proposal.accept()
    return proposal


def _kept(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def _refuse_too_many(own: Own, number: int) -> None:
    if Proposal.objects.open().filter(member=own.member).count() + number > MOST_OPEN:
        raise ValidationError(_("The secretariat first has to look at what you have sent already."))
