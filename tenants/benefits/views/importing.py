"""The import of merchants in the browser: choose a file, see what was read, enter it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiguan import links
from huiguan.access import page
from huiguan.limits import TooMuch
from huiguan.spreadsheets.problems import Refused
from tenants.benefits.addresses import here
from tenants.benefits.importing import enter, read, seen

PURPOSE, AN_HOUR = "benefits.import", 3600


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("List of merchants (.xlsx, .csv)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


@page("benefits.change")
def import_merchants(request: Any) -> HttpResponse:
    """What was read travels with the page, signed: nothing is kept until it is entered."""
    if "rows" in request.POST:
        return _enter(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            rows = read(upload.read(), filename=upload.name)
        except (Refused, ValidationError, TooMuch) as error:
            form.add_error("file", _said(error))
        else:
            return render(request, "benefits/import_seen.html", _context(rows, upload.name))
    return render(request, "benefits/import.html", {"form": form})


def _context(rows: list[dict[str, Any]], filename: str) -> dict[str, Any]:
    found = seen(rows)
    good = [each for each in found if not each.problem]
    return {
        "seen": found,
        "merchants": len({each.merchant.pk for each in good}),
        "offers": sum(each.offer is not None for each in good),
        "left_out": len(found) - len(good),
        "rows": links.sign(PURPOSE, here(), rows=rows, filename=filename),
    }


def _enter(request: Any) -> HttpResponse:
    try:
        told = links.read(PURPOSE, here(), request.POST["rows"], seconds=AN_HOUR)
        entered = enter(told["rows"], filename=told["filename"])
    except links.BadLink:
        messages.error(request, _("This took too long. Choose the file again."))
        return redirect("benefits-import")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("benefits-import")
    said = _("{merchants} merchants and {offers} offers were entered.")
    messages.success(request, said.format(merchants=entered.merchants, offers=entered.offers))
    if not entered.merchants:
        return redirect("benefits-merchant-list")
    return redirect("benefits-merchantlist-detail", pk=entered.pk)


def _said(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, Refused):
        return str(error)
    return _("The file is too large or too complicated to be read. Split it into several files.")
