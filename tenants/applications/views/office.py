"""What the secretariat sees of applications beside the standard screens."""

import uuid
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiguan.access import page
from huiguan.deliveries.models import Delivery
from huiguan.screens.converters import is_uuid
from huiguan.screens.lists import RecordList
from huiguan.screens.records import RecordDetail
from huiguan.states import WrongState
from huiguan.tenancy.binding import in_site
from huiguan.tenancy.hosts import absolute_url, primary_host
from huiguan.together import verb
from tenants.applications.actions import approve_together, recognise
from tenants.applications.forms.steps import ApprovalForm, ReceptionForm
from tenants.applications.models import Application, Reception
from tenants.applications.purposes import PROGRESS
from tenants.applications.telling import link_of

MOST = 200
SHOWN = 10
IN_BULK = ("submit", "welcome")


class ApplicationList(RecordList):
    """With how many stand at each step."""

    def bulk_actions(self) -> Any:
        yield from (action for action in super().bulk_actions() if action["name"] in IN_BULK)
        if self.actor.can("applications.decide"):
            url = reverse("applications-approve-many")
            yield {"name": "approve", "label": _("Record the approval"), "url": url}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if context["resource"]["route"] and not self.request.htmx:  # type: ignore[attr-defined]
            counted = dict(Application.objects.order_by().values_list("status").annotate(n=Count("pk")))
            known = Application.Status
            context["steps"] = [{"value": s.value, "label": s.label, "n": counted.get(s, 0)} for s in known]
        return context


class ApplicationDetail(RecordDetail):
    """With who it may be, what was asked, what was written to the applicant."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, application = super().get_context_data(**kwargs), self.object
        may_review = self.actor.can("applications.review")
        told = Delivery.objects.filter(record_id=application.pk, purpose=PROGRESS.name)
        return {
            **context,
            "facts": [fact for fact in context["facts"] if fact.text],
            "edit_url": context["edit_url"] if application.status in Application.UNDERWAY else None,
            "questions": application.questions.all(),
            "others": list(application.alike()[:SHOWN]),
            "members": self._members() if application.status in Application.UNDERWAY else [],
            "deliveries": told[:SHOWN] if may_review else [],
            "link": link_of(application) if may_review else "",
            "may_review": may_review,
        }

    def _members(self) -> Any:
        return verb("members.alike")(facts=self.object.facts(), person=self.object.person())


@page("applications.decide")
def approve_many(request: Any) -> HttpResponse:
    """What one meeting approved, by one resolution."""
    keys = [key for key in request.POST.getlist("chosen")[:MOST] if is_uuid(key)]
    found = list(Application.objects.filter(pk__in=keys).order_by("id"))
    if not found:
        return redirect("applications-application-list")
    form = ApprovalForm(request.POST if "step" in request.POST else None)
    if form.is_bound and form.is_valid() and _approved(found, form):
        n = len(found)
        done = ngettext("{n} application was approved.", "{n} applications were approved.", n).format(n=n)
        messages.success(request, done)
        return redirect(f"{reverse('applications-application-list')}?status=approved")
    return render(request, "applications/approve_many.html", {"form": form, "applications": found})


@page("applications.review", methods=("POST",))
def recognise_former(request: Any, pk: uuid.UUID, member: uuid.UUID) -> HttpResponse:
    """The applicant was a member before: it will be readmitted. Pressed again, that is taken back."""
    application = get_object_or_404(Application.objects.underway(), pk=pk)
    former = get_object_or_404(apps.get_model("members", "Member"), pk=member)
    if former.status == "active":
        raise Http404
    is_it = application.former_id == former.pk
    recognise(application, None if is_it else former)
    done = _("It will be a new member.") if is_it else _("“{name}” will be readmitted.").format(name=former)
    messages.success(request, done)
    return redirect("applications-application-detail", pk=pk)


@page("applications.settings")
def settings(request: Any) -> HttpResponse:
    """Whether the form is open, its words, how long refused applications are kept; and its address."""
    form = ReceptionForm(request.POST or None, instance=Reception.current())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("applications-settings")
    with in_site():
        host = primary_host(request.host.chamber)
    address = absolute_url(host, reverse("applications-apply"))
    return render(request, "applications/settings.html", {"form": form, "address": address})


def _approved(found: list[Application], form: ApprovalForm) -> bool:
    try:
        approve_together(found, **form.cleaned_data)
    except (WrongState, ValidationError) as error:
        form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        return False
    return True
