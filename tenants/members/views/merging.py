"""Members that were entered twice: pairs that look alike, both beside each other, merged field by field."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from huiguan.access import page
from huiguan.kit.notices import tell
from huiguan.screens.converters import is_uuid
from tenants.members.merging import fields, joining, planning
from tenants.members.merging.suggesting import better, suggestions
from tenants.members.models import Member, Merge


@page("members.merge", methods=("GET", "HEAD"))
def duplicates(request: Any) -> HttpResponse:
    """Pairs that look alike, the certain ones first; below, what was merged lately."""
    shown = Paginator(suggestions(), 20).get_page(request.GET.get("page"))
    merged = Merge.objects.filter(status=Merge.Status.MERGED).select_related("kept", "gone")[:10]
    context = {"page": shown, "pairs": shown.object_list, "merged": merged}
    return render(request, "members/_pairs.html" if request.htmx else "members/duplicates.html", context)


@page("members.merge", methods=("POST",))
def choose(request: Any) -> HttpResponse:
    """Two that a person picked in the list."""
    chosen = [key for key in request.POST.getlist("chosen") if is_uuid(key)]
    if len(chosen) != 2:
        messages.error(request, _("Choose exactly two members to merge."))
        return redirect("members-member-list")
    one, other = (get_object_or_404(Member, pk=key) for key in chosen)
    return redirect("members-merge", *(member.pk for member in better(one, other)))


@page("members.merge")
def compare(request: Any, kept: Any, gone: Any) -> HttpResponse:
    """The first stays. Everything that differs is chosen by field; what follows and what stays is said before."""
    if kept == gone:
        raise Http404
    one, other = get_object_or_404(Member, pk=kept), get_object_or_404(Member, pk=gone)
    if request.method == "POST":
        try:
            record = joining.merge(kept=one, gone=other, chosen=request.POST, seen=request.POST.get("seen", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return _after_refusal(one, other)
        said = _("“{gone}” was merged into “{kept}”.").format(gone=other, kept=one)
        tell(request, said, undo_url=reverse("members-merge-move", args=[record.pk, "undo"]))
        return redirect("members-member-detail", pk=one.pk)
    return render(request, "members/merge.html", _comparison(one, other))


@page("members.merge", methods=("POST",))
def dismiss(request: Any, one: Any, other: Any) -> HttpResponse:
    """They are not the same; can be taken back."""
    found = [get_object_or_404(Member, pk=key) for key in (one, other)]
    record = joining.dismiss(one=found[0], other=found[1])
    said = _("“{one}” and “{other}” are not suggested again.").format(one=found[0], other=found[1])
    tell(request, said, undo_url=reverse("members-merge-move", args=[record.pk, "reconsider"]))
    return redirect("members-duplicates")


def _comparison(kept: Member, gone: Member) -> dict[str, Any]:
    rows = planning.rows_of(kept, gone)
    return {
        "kept": kept,
        "gone": gone,
        "differences": fields.differences(kept, gone),
        "follow": [(each.label, len(each.follow)) for each in rows if each.follow],
        "stay": [(each.label, each.stay) for each in rows if each.stay],
        "refusals": planning.refusals(kept, gone, rows),
        "seen": joining.state_of(kept, gone),
    }


def _after_refusal(kept: Member, gone: Member) -> HttpResponse:
    """Back to the comparison, or to the list when there is nothing left to compare."""
    if Member.objects.filter(pk__in=[kept.pk, gone.pk]).count() == 2:
        return redirect("members-merge", kept.pk, gone.pk)
    return redirect("members-duplicates")
