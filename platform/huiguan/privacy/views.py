"""Shows one masked value, and writes down for whom."""

from typing import Any

from django.apps import apps
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiguan import personal
from huiguan.access import page
from huiguan.capability import resources
from huiguan.privacy.accesses import reveal
from huiguan.screens.base import visible
from huiguan.screens.fields import label_of


@page(personal.REVEAL)
def show(request: Any, label: str, pk: Any, field: str) -> HttpResponse:
    """GET asks what for; POST shows it. With htmx the value stands where the mask was."""
    record = _found(request, label, pk, field)
    context = {"record": record, "label": label_of(type(record), field)}
    if request.method != "POST":
        return render(request, "privacy/reveal.html", context)
    context["value"] = reveal(record, field, reason=request.POST.get("reason", "")[:200])
    answer = render(request, "privacy/_value.html" if request.htmx else "privacy/reveal.html", context)
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def _found(request: Any, label: str, pk: Any, field: str) -> Any:
    """Only what is masked, and only of records that this person may see."""
    model = _model(label)
    kind = personal.kind_of(model, field) if "__" not in field else None
    found = next(((c, r) for c, r in resources() if r.model is model), None)
    if found is None or kind in (None, personal.Personal.NAME):
        raise Http404(label)
    capability, resource = found
    request.actor.require(f"{capability.name}.view")
    return get_object_or_404(visible(resource, request.actor), pk=pk)


def _model(label: str) -> type[Model]:
    try:
        found: type[Model] = apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise Http404(label) from error
    return found
