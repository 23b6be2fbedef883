"""The treasurer marks a request as invoiced: its number, and the PDF that the member finds on their page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from huiguan.access import page
from huiguan.states import WrongState
from tenants.dues.forms.invoices import IssueForm
from tenants.dues.models import InvoiceRequest


@page("dues.book")
def issue(request: HttpRequest, pk: Any) -> HttpResponse:
    """In place of the standard form of the move, which takes no file."""
    asked = get_object_or_404(InvoiceRequest, pk=pk)
    form = IssueForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked.issue(**form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
            return redirect("dues-invoicerequest-detail", pk=pk)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Marked as invoiced; the member was told."))
            return redirect("dues-invoicerequest-list")
    return render(request, "dues/invoice_issue.html", {"form": form, "record": asked})
