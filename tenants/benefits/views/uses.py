"""Uses that come on paper, entered at the desk one after the other."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from huiguan.access import page
from tenants.benefits.forms.uses import UseForm


@page("benefits.count")
def count_by_hand(request: HttpRequest) -> HttpResponse:
    form = UseForm(request.POST or None, initial={"offer": request.GET.get("offer")})
    if request.method == "POST" and form.is_valid():
        try:
            made = form.save()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("“{use}” was counted.").format(use=made))
            is_next = "next" in request.POST
            return redirect(f"{request.path}?offer={made.offer_id}") if is_next else redirect("benefits-use-list")
    return render(request, "benefits/use_by_hand.html", {"form": form})
