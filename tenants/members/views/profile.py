"""A member's researched profile: shown in sections, edited in place; and the members of whom too little is known."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import reswap, retarget

from huiguan.access import page
from huiguan.actors import Actor
from huiguan.kit.charts import Chart, Series
from huiguan.screens.fields import is_masked, shown
from tenants.members import profile, standings
from tenants.members.forms.profile import section_form
from tenants.members.models import Member

SAID_BY = {"joined_on": "joined"}  # as precisely as it is known
NAMED = 4  # of what is missing, in a list


def profile_of(member: Member, actor: Actor) -> dict[str, Any]:
    """Sections with their facts, and what is missing of those that the actor may know."""
    missing = [w for w in profile.missing(member) if not is_masked(Member, w.name)]
    return {
        "sections": [_section(member, each) for each in profile.SECTIONS],
        "missing": missing,
        "completeness": profile.completeness(member),
        "may_change": actor.can("members.change"),
    }


@page("members.change")
def edit_section(request: Any, pk: Any, name: str) -> HttpResponse:
    """One section; with htmx it is exchanged where it stands, and the whole profile after it was saved."""
    member, section = get_object_or_404(Member, pk=pk), profile.section(name)
    if section is None:
        raise Http404(name)
    form = section_form(section)(request.POST or None, instance=member, auto_id=f"id_{name}_%s")
    if request.method == "POST" and form.is_valid():
        form.save()
        return _saved(request, member)
    _focus(form, request.GET.get("field", ""))
    template = "members/_section_form.html" if request.htmx else "members/section_form.html"
    return render(request, template, {"record": member, "form": form, "section": section})


@page("members.view", methods=("GET", "HEAD"))
def profiles(request: Any) -> HttpResponse:
    """Of whom least is known stands first; `?missing=` shows those who lack one thing."""
    standings.refresh()
    members = Member.objects.active()
    counted = profile.filled(members)
    lacking = next((w for w in profile.WANTED if w.name == request.GET.get("missing")), None)
    found = profile.lacking(members, lacking.name) if lacking else members
    found = found.search(request.GET.get("q", "")).select_related("standing").prefetch_related("contacts")
    pages = Paginator(found.order_by("standing__completeness", "sort_key", "pk"), 50)
    shown_page = pages.get_page(request.GET.get("page"))
    context = {
        "page": shown_page,
        "rows": [_row(member) for member in shown_page.object_list],
        "share": profile.share(counted),
        "chart": _chart(counted),
        "counted": counted,
        "lacking": lacking,
        "query": request.GET.get("q", ""),
        "may_change": request.actor.can("members.change"),
        "may_send": request.actor.can("own.send"),
    }
    return render(request, "members/_profile_rows.html" if request.htmx else "members/profiles.html", context)


def _row(member: Member) -> dict[str, Any]:
    missing = profile.missing(member)
    return {"record": member, "missing": missing[:NAMED], "more": len(missing[NAMED:])}


def _section(member: Member, section: profile.Section) -> dict[str, Any]:
    """What is known, and the names of what is not."""
    found = [shown(member, SAID_BY.get(name, name)) for name in section.fields if name != "joined_precision"]
    unknown = [fact.label for fact in found if not fact.text]
    facts = [fact for fact in found if fact.text]
    return {"name": section.name, "label": section.label, "facts": facts, "unknown": unknown}


def _saved(request: Any, member: Member) -> HttpResponse:
    messages.success(request, _("“{record}” was saved.").format(record=member))
    if not request.htmx:
        return redirect("members-member-detail", pk=member.pk)
    shown_profile = {"record": member, "is_saved": True, **profile_of(member, request.actor)}
    return reswap(retarget(render(request, "members/_profile.html", shown_profile), "#profile"), "outerHTML")


def _focus(form: Any, wanted: str) -> None:
    """The cursor stands where something is to be filled in."""
    name = wanted if wanted in form.fields else next(iter(form.fields))
    form.fields[name].widget.attrs["autofocus"] = True


def _chart(counted: list[profile.Filled]) -> Chart:
    """What is known, field by field, the least known first."""
    rows = sorted((100 * f.known / f.of, f.field.label) for f in counted if f.of)
    series = [Series(_("Known"), [round(value) for value, _label in rows])]
    return Chart(_("What is known of the members"), [label for _value, label in rows], series, unit="%", sideways=True)
