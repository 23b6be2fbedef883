"""What an applicant sees without an account: the form, and how far the application has come."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from huiguan import access, links, rates
from huiguan.access import page
from huiguan.actors import acting_as
from huiguan.own.pages import private
from huiguan.states import WrongState
from tenants.applications.actions import applicant
from tenants.applications.erasing import erase
from tenants.applications.forms.applying import PublicForm
from tenants.applications.forms.steps import AnswerForm
from tenants.applications.models import Application, Reception
from tenants.applications.telling import PURPOSE, path_of

EACH = {"most": 5, "seconds": 3600}  # from one address, over all chambers
TOGETHER = {"most": 60, "seconds": 3600}  # to one chamber
STEPS = {"received": 2, "asked": 2, "submitted": 3, "approved": 4, "welcomed": 5, "refused": 4, "withdrawn": 1}


@page(access.PUBLIC)
def apply(request: Any) -> HttpResponse:
    """Whatever is wrong, what was typed stays."""
    reception = Reception.current()
    if not reception.is_open:
        return private(render(request, "applications/closed.html"))
    form = PublicForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        if form.is_by_a_robot:
            return private(render(request, "applications/thanks.html"))
        if _is_within(request):
            with acting_as(applicant()):
                return private(redirect(path_of(form.receive())))
        form.add_error(None, _("Too many applications came from here. Try again in an hour, or call us."))
        status = 429
    context = {"form": form, "reception": reception, "consent": form.consent()}
    return private(render(request, "applications/apply.html", context, status=status))


@page(access.PUBLIC)
def progress(request: Any, token: str) -> HttpResponse:
    """Behind the signed link: the steps, the questions, the way out."""
    application = _found(request, token)
    if application is None:
        return private(render(request, "applications/unknown.html", status=404))
    form = AnswerForm(request.POST if request.POST.get("step") == "answer" else None)
    if request.method == "POST":
        with acting_as(applicant()):
            answer = _stepped(request, application, form)
        if answer:
            return private(answer)
    context = {
        "application": application,
        "form": form,
        "questions": application.questions.all(),
        "labels": [_("Received"), _("Looked at"), _("Before the council"), _("Decided"), _("Member")],
        "current": STEPS[application.status],
        "is_underway": application.status in Application.UNDERWAY,
        "is_ended": application.status in Application.ENDED,
    }
    return private(render(request, "applications/progress.html", context))


def _stepped(request: Any, application: Application, form: AnswerForm) -> HttpResponse | None:
    """Done, and where to go; None shows the page again with what is wrong."""
    step = request.POST.get("step")
    if step == "erase" and application.status in Application.ENDED:
        erase(application)
        return render(request, "applications/erased.html")
    try:
        if step == "answer" and form.is_valid():
            application.answer(**form.cleaned_data)
        elif step == "withdraw":
            application.give_up()
        else:
            return None
    except (WrongState, ValidationError) as error:
        form.add_error(None, str(error)) if form.is_bound else None
        return None
    return redirect(path_of(application))


def _found(request: Any, token: str) -> Application | None:
    try:
        key = links.read_key(PURPOSE, request.host.key, token)
    except links.BadLink:
        return None
    found: Application | None = Application.objects.filter(pk=key).first()
    return found


def _is_within(request: Any) -> bool:
    mine = rates.is_within("application", rates.caller_of(request), **EACH)
    return mine and rates.is_within("applications", request.host.key, **TOGETHER)
