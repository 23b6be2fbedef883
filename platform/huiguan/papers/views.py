"""The chamber's letterhead: what it says, its pictures, and samples of the papers that bear it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from huiguan.access import page
from huiguan.papers.actions import change_letterhead, remove_picture
from huiguan.papers.forms import FIELDS, LetterheadForm
from huiguan.papers.models import Letterhead
from huiguan.papers.rendering import render_pdf
from huiguan.papers.samples import SAMPLES
from huiguan.screens.fields import shown
from huiguan.screens.history import history_of


@page("papers.view")
def letterhead(request: Any) -> HttpResponse:
    current = Letterhead.current()
    context = {
        "letterhead": current,
        "is_set_up": not current._state.adding,
        "facts": [shown(current, name) for name in FIELDS],
        "may_change": request.actor.can("papers.change"),
        "may_seal": request.actor.can("papers.seal"),
        "history": history_of(current),
    }
    return render(request, "papers/letterhead.html", context)


@page("papers.change")
def edit_letterhead(request: Any) -> HttpResponse:
    form = LetterheadForm(request.POST or None, request.FILES or None, instance=Letterhead.current())
    if not request.actor.can("papers.seal"):
        del form.fields["new_seal"]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change_letterhead(form.instance, logo=given["new_logo"], seal=given.get("new_seal"))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("letterhead")
    return render(request, "papers/edit.html", {"form": form})


@page("papers.change", methods=("POST",))
def remove(request: Any, picture: str) -> HttpResponse:
    """The file goes too."""
    if picture not in ("logo", "seal"):
        raise Http404
    remove_picture(Letterhead.current(), picture)  # type: ignore[arg-type]
    messages.success(request, _("The picture was removed."))
    return redirect("letterhead")


@page("papers.view")
def sample(request: Any, kind: str) -> HttpResponse:
    """As a PDF that the browser shows; with the seal for those who may put it on papers."""
    if kind not in SAMPLES:
        raise Http404
    current = Letterhead.current()
    sealed = current.seal is not None and request.actor.can("papers.seal")
    try:
        pdf = render_pdf(SAMPLES[kind](current), sealed=sealed, language=request.LANGUAGE_CODE)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("letterhead")
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{kind}.pdf"'}
    )
