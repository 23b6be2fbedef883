"""Inviting people, and giving and taking roles."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from huiguan import entitlements, links
from huiguan.accounts.models import Appointment, Invitation, Person
from huiguan.tenancy.hosts import Host, absolute_url


@transaction.atomic
def invite(*, host: Host, host_name: str, place_name: str, invited_by: str, **fields: Any) -> Invitation:
    """Offer a role by e-mail. The link works on this host only, once, for fourteen days."""
    chamber_id = host.chamber.pk if host.chamber else None
    invitation = Invitation(chamber_id=chamber_id, federation_id=host.federation_id, invited_by=invited_by, **fields)
    invitation.full_clean()
    if host.chamber and not (answer := entitlements.may(host.chamber.pk, "seats.add")).allowed:
        raise ValidationError(str(answer.reason))
    invitation.save()
    link = absolute_url(host_name, invitation_path(invitation, host))
    context = {"invitation": invitation, "link": link, "place": place_name}
    text = render_to_string("email/invitation.txt", context)
    subject = _("You are invited to {place}").format(place=place_name)
    transaction.on_commit(lambda: send_mail(subject, text, None, [invitation.email]), robust=True)
    return invitation


def invitation_path(invitation: Invitation, host: Host) -> str:
    """The signed path on the invitation's own host."""
    token = links.sign("invitation", host.key, invitation=str(invitation.pk))
    return reverse("accept-invitation", args=[token], urlconf="huiguan.urls_site")


@transaction.atomic
def accept(*, invitation: Invitation, person: Person) -> Person:
    """Take the offered role; the invitation is used up."""
    appoint(person=person, role=invitation.role, chamber=invitation.chamber, federation_id=invitation.federation_id)
    invitation.accepted_at = now()
    invitation.save(verb="accepted")
    return person


@transaction.atomic
def appoint(*, person: Person, role: str, chamber: Any = None, federation_id: Any = None) -> Appointment:
    """Give a person one role in one place, instead of the one they had there. The last administrator stays one."""
    held = Appointment.objects.select_for_update().filter(person=person, ended_at=None, chamber=chamber)
    for before in held.filter(federation_id=federation_id):
        refuse_without_administrator(before, role)
        before.end()
    made = Appointment(person=person, role=role, chamber=chamber, federation_id=federation_id)
    made.save()
    return made


def change_role(appointment: Appointment, role: str) -> None:
    """Another role for the same person."""
    appoint(person=appointment.person, role=role, chamber=appointment.chamber, federation_id=appointment.federation_id)


@transaction.atomic
def end(appointment: Appointment) -> None:
    """Take the role back; the next request of the person is refused."""
    refuse_without_administrator(appointment, None)
    appointment.end()


def refuse_without_administrator(appointment: Appointment, new_role: str | None) -> None:
    """A place is never left without somebody who can give roles, even when two of them go at the same moment."""
    leads = ("secretary_general", "coordinator")
    if appointment.role not in leads or new_role == appointment.role:
        return
    place = {"chamber": appointment.chamber, "federation_id": appointment.federation_id}
    leading = Appointment.objects.filter(role=appointment.role, ended_at=None, person__is_active=True, **place)
    if not [a for a in leading.select_for_update(of=("self",)).order_by("pk") if a.pk != appointment.pk]:
        raise ValidationError(_("Somebody must keep this role. Give it to another person first."))
