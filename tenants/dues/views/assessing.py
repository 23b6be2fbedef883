"""Assessing a year: the dry run that a person reads, then the assessment."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiguan.access import page
from tenants.dues.assessing import DryRun, Reckoned, assess_dues, dry_run
from tenants.dues.models import Charge

SHOWN: dict[str, Callable[[Reckoned], bool]] = {
    "new": lambda row: row.is_new,
    "changed": lambda row: bool(row.difference),
    "register": lambda row: row.differs_from_register,
    "nothing": lambda row: row.fen == 0,
    "charged": lambda row: row.is_charged_already,
}
LABELS = {
    "": gettext_lazy("All"),
    "new": gettext_lazy("To be charged"),
    "changed": gettext_lazy("Other than last year"),
    "register": gettext_lazy("Other than in the register"),
    "nothing": gettext_lazy("Nothing to pay"),
    "charged": gettext_lazy("Charged already"),
}
ROWS = 50


class YearForm(forms.Form):
    """Which year; one back for arrears, one ahead for those who plan."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = localdate().year
        field: Any = self.fields["year"]
        field.choices = [(y, y) for y in range(this + 1, this - 3, -1)]


@page("dues.assess")
def assess(request: HttpRequest) -> HttpResponse:
    """GET shows what would be charged; POST charges it."""
    form = YearForm(request.POST or ({"year": request.GET["year"]} if "year" in request.GET else None))
    if not form.is_valid():
        proposed = localdate().year if not Charge.objects.of_year(localdate().year).exists() else localdate().year + 1
        return render(request, "dues/assess.html", {"form": YearForm(initial={"year": proposed})})
    year = form.cleaned_data["year"]
    try:
        if request.method == "POST":
            made = assess_dues(year=year)
            messages.success(request, _("{n} members were charged.").format(n=made.members))
            return redirect("dues-assessment-detail", pk=made.pk)
        run = dry_run(year)
    except ValidationError as error:
        form.add_error(None, error)
        return render(request, "dues/assess.html", {"form": form})
    return render(request, "dues/assess.html", {"form": form, "run": run, **_listed(request, run)})


def _listed(request: HttpRequest, run: DryRun) -> dict[str, Any]:
    shown = request.GET.get("show", "")
    rows = [row for row in run.rows if shown not in SHOWN or SHOWN[shown](row)]
    tabs = [(key, label, _number(run, key), key == shown) for key, label in LABELS.items()]
    return {"page": Paginator(rows, ROWS).get_page(request.GET.get("page")), "tabs": tabs, "levels": _by_level(run)}


def _number(run: DryRun, key: str) -> int:
    return len([row for row in run.rows if not key or SHOWN[key](row)])


def _by_level(run: DryRun) -> list[tuple[str, int, int]]:
    """Name, members and fen of each level among those to be charged."""
    rows: dict[str, list[Reckoned]] = {}
    for row in run.to_charge:
        rows.setdefault(row.level.name if row.level else "", []).append(row)
    found = [(name, len(each), sum(row.fen for row in each)) for name, each in rows.items()]
    return sorted(found, key=lambda level: -level[2])
