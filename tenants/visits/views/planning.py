"""Visits to many members at once: planned together, put off together, cancelled together."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiguan.access import page
from huiguan.kit.notices import tell
from huiguan.screens.converters import is_uuid
from huiguan.states import WrongState
from tenants.visits import actions, coverage
from tenants.visits.forms.fields import may_be_visited
from tenants.visits.forms.plans import CancelForm, PlanForm, PostponeForm
from tenants.visits.models import Visit

MOST = 500
FORMS = {"postpone": PostponeForm, "cancel": CancelForm}


@page("visits.change")
def plan(request: Any) -> HttpResponse:
    """The chosen members in the order of the way; the list comes here without `step`."""
    members = list(_chosen_members(request))
    if not members:
        messages.info(request, _("Choose the members who are to be visited first."))
        return redirect("visits-coverage")
    form = PlanForm(request.POST if "step" in request.POST else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        visitors = said.pop("visitors")
        batch = actions.plan_visits(members=members, visitor_ids=visitors, **said)
        done = ngettext("{n} visit was planned.", "{n} visits were planned.", len(members)).format(n=len(members))
        tell(request, done, undo_url=reverse("visits-plan-undo", args=[batch]))
        return redirect(f"{reverse('visits-route')}?day={said['on']:%Y-%m-%d}")
    return render(request, "visits/plan.html", {"form": form, "members": members})


@page("visits.change", methods=("POST",))
def undo_plan(request: Any, batch: uuid.UUID) -> HttpResponse:
    number = actions.take_back_plan(batch)
    done = ngettext("{n} planned visit was taken back.", "{n} planned visits were taken back.", number)
    messages.success(request, done.format(n=number))
    return redirect("visits-coverage")


@page("visits.change", methods=("POST",))
def change_many(request: Any, name: str) -> HttpResponse:
    """One step for all the chosen visits: all or none."""
    visits = list(Visit.objects.filter(pk__in=_keys(request)).select_related("member").in_order_of_the_way())
    form = FORMS[name](request.POST if "step" in request.POST else None)
    if form.is_bound and form.is_valid() and _done(request, visits, name, form):
        return redirect("visits-visit-list")
    labels = {"postpone": _("Postpone"), "cancel": _("Cancel the visit")}
    context = {"form": form, "visits": visits, "label": labels[name], "is_danger": name == "cancel"}
    return render(request, "visits/change_many.html", context) if visits else redirect("visits-visit-list")


def _done(request: Any, visits: list[Visit], name: str, form: Any) -> bool:
    try:
        with transaction.atomic():
            for visit in visits:
                getattr(visit, name)(**form.cleaned_data)
    except (WrongState, ValidationError) as error:
        form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        return False
    done = ngettext("{n} record was changed.", "{n} records were changed.", len(visits)).format(n=len(visits))
    messages.success(request, done)
    return True


def _chosen_members(request: Any) -> Any:
    members = coverage.with_visits(may_be_visited().filter(pk__in=_keys(request)))
    return members.prefetch_related("contacts").order_by("region", "address", "sort_key", "pk")


def _keys(request: Any) -> list[str]:
    return [key for key in request.POST.getlist("chosen")[:MOST] if is_uuid(key)]
