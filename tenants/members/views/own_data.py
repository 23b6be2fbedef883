"""My data: a member's contact confirms that all is right, or says what is wrong."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from huiguan.deliveries.addresses import masked
from huiguan.own.pages import own_page
from huiguan.screens.fields import label_of, text_of
from tenants.members.forms.own_data import CompanyForm, NewPersonForm, OwnContactForm
from tenants.members.models import Contact, Member, Proposal
from tenants.members.own.proposing import COMPANY, OWN_FIELDS, propose, propose_leaving, propose_person

RIGHTS = ("members.change",)
NEWEST = 20


@own_page(methods=("GET", "HEAD"))
def show(request: Any) -> HttpResponse:
    """Everything the member may correct, in words; and what became of earlier corrections."""
    member, contact = request.own.member, request.own.contact
    others = [c for c in member.contacts.all() if c.pk != contact.pk]
    proposals = member.proposals.select_related("contact", "member", "by_contact")
    context = {
        "member": member,
        "company": [_fact(member, name) for name in COMPANY],
        "me": [_fact(contact, name) for name in OWN_FIELDS],
        "others": [{"contact": c, "phone": masked(c.phone) if c.phone else ""} for c in others],
        "proposals": [{"proposal": p, "may_undo": may_take_back(p, contact)} for p in proposals[:NEWEST]],
    }
    return render(request, "members/own_data.html", context)


@own_page(rights=RIGHTS, methods=("POST",))
def confirm(request: Any) -> HttpResponse:
    """As of today, told in the trail with the contact who said so."""
    request.own.member.confirm()
    messages.success(request, _("Thank you. It is noted that everything is right as of today."))
    return redirect("own")


@own_page(rights=RIGHTS)
def correct_company(request: Any) -> HttpResponse:
    """Only what differs is sent; the register stays as it is until the secretariat has decided."""
    member = request.own.member
    form = CompanyForm(request.POST or None, instance=member)
    heading = _("What is wrong about the firm?")
    return _answered(request, form, heading, lambda: len(propose(request.own, form.values())))


@own_page(rights=RIGHTS)
def correct_me(request: Any) -> HttpResponse:
    form = OwnContactForm(request.POST or None, instance=request.own.contact)
    heading = _("My own particulars")
    return _answered(
        request, form, heading, lambda: len(propose(request.own, form.values(), person=request.own.contact))
    )


@own_page(rights=RIGHTS)
def add_person(request: Any) -> HttpResponse:
    form = NewPersonForm(request.POST or None)
    heading = _("Somebody else of us")
    return _answered(request, form, heading, lambda: bool(propose_person(request.own, form.cleaned_data)))


@own_page(rights=RIGHTS, methods=("POST",))
def person_left(request: Any, pk: Any) -> HttpResponse:
    """Nobody says so of themselves: whoever did would be locked out."""
    person = get_object_or_404(
        Contact.objects.filter(member=request.own.member).exclude(pk=request.own.contact.pk), pk=pk
    )
    propose_leaving(request.own, person)
    messages.success(request, _("Thank you. The secretariat looks at it."))
    return redirect("members-own-data")


@own_page(rights=RIGHTS, methods=("POST",))
def take_back(request: Any, pk: Any) -> HttpResponse:
    """What nobody has decided yet, and what was changed at once."""
    proposal = get_object_or_404(Proposal.objects.filter(member=request.own.member), pk=pk)
    try:
        if may_take_back(proposal, request.own.contact):
            proposal.take_back()
            messages.success(request, _("It is as before."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("members-own-data")


def may_take_back(proposal: Proposal, contact: Contact) -> bool:
    is_open = proposal.status == Proposal.Status.OPEN
    is_mine = proposal.by_contact_id == contact.pk
    return is_mine and (is_open or (proposal.is_at_once and proposal.status == Proposal.Status.ACCEPTED))


def _answered(request: Any, form: Any, heading: str, send: Callable[[], int]) -> HttpResponse:
    """The form again while something in it is wrong; what was typed stays."""
    if request.method == "POST" and form.is_valid():
        try:
            sent = send()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            said = _("Thank you. It was sent or changed; below you see each.") if sent else _("Nothing was different.")
            messages.success(request, said)
            return redirect("members-own-data")
    return render(request, "members/own_form.html", {"form": form, "heading": heading})


def _fact(record: Member | Contact, name: str) -> dict[str, str]:
    """Not masked: it is the member's own."""
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name)
    return {"label": label_of(type(record), name), "text": text_of(value)}
