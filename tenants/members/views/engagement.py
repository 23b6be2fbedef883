"""How close members are: the four layers, who may be lost and why, and what to do next. [003 三(二), 002 §1]"""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Avg, Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.access import page
from huiguan.actors import Actor
from huiguan.together import engagement_parts
from tenants.members import standings
from tenants.members.layers import HIGH, LEAST_KNOWN, LOW, Layer
from tenants.members.models import Member, Touch
from tenants.members.standings import Worked

IN_DAYS = 7  # until a visit that is planned from here


@page("members.view", methods=("GET", "HEAD"))
def engagement(request: Any) -> HttpResponse:
    """The members at risk, those nearest to the chamber first; `?layer=` shows one layer."""
    standings.refresh()
    members, layer = Member.objects.at_risk(), request.GET.get("layer", "")
    if layer in map(str, Layer.values):
        members = members.filter(standing__layer=layer)
    shown = Paginator(members, 20).get_page(request.GET.get("page"))
    context = {
        "layers": _layers(),
        "layer": layer,
        "page": shown,
        "rows": [{"worked": w, "steps": steps_for(w, request.actor)} for w in standings.work_out(shown.object_list)],
        "parts": engagement_parts(),
        "limits": {"high": HIGH, "low": LOW, "known": LEAST_KNOWN},
    }
    return render(request, "members/_risk_rows.html" if request.htmx else "members/engagement.html", context)


def standing_of(member: Member, actor: Actor) -> dict[str, Any]:
    """What a member's page says of its layer, its engagement and its risk, as of this moment."""
    [worked] = standings.work_out([member])
    known = [w for w in worked.parts if w.mark is not None]
    return {
        "worked": worked,
        "person": next((c for c in worked.member.contacts.all() if c.phone), None),
        "engagement": [_bar(w) for w in known],
        "unknown": [w.part.label for w in worked.parts if w.mark is None],
        "total": len(worked.parts),
        "steps": steps_for(worked, actor),
    }


def steps_for(worked: Worked, actor: Actor) -> list[dict[str, Any]]:
    """What can be done next; what fits best stands first."""
    if not actor.can("members.change"):
        return []
    url = _with(reverse("members-touch-new"), worked, "said", kind=Touch.Kind.CALLED)
    call = {"label": _("Record a call"), "icon": "phone", "url": url}
    visit = {"label": _("Plan a visit"), "icon": "map-pin", "url": _url_of_a_visit(worked)}
    return [visit, call] if _needs_a_visit(worked) else [call, visit]


def _needs_a_visit(worked: Worked) -> bool:
    """Who was displeased, and who is near to the chamber, is not asked by telephone."""
    is_displeased = any(w.part.code == "moods" and w.is_low for w in worked.parts)
    return is_displeased or (bool(worked.reasons) and worked.derived.layer <= Layer.CLOSE)


def _url_of_a_visit(worked: Worked) -> str:
    """Where visits are planned; in a house without such a folder it is a contact of this one."""
    on = (localdate() + datetime.timedelta(days=IN_DAYS)).isoformat()
    try:
        return _with(reverse("visits-visit-new"), worked, "purpose", on=on)
    except NoReverseMatch:
        return _with(reverse("members-touch-new"), worked, "said", kind=Touch.Kind.MET, on=on)


def _with(url: str, worked: Worked, field: str, **known: str) -> str:
    """The form opens with what is known, and in one field with why the member is spoken to."""
    why = " ".join(w.mark.words for w in worked.reasons if w.mark)
    return f"{url}?{urlencode({'member': str(worked.member.pk), **known, **({field: why} if why else {})})}"


def _bar(weighed: standings.Weighed) -> dict[str, Any]:
    assert weighed.mark is not None  # the caller chose those
    return {"label": weighed.part.label, "value": round(100 * weighed.mark.value), "text": weighed.mark.words}


def _layers() -> list[dict[str, Any]]:
    """How many members are in each layer, how engaged they are, how many of them may be lost."""
    counted = Member.objects.active().exclude(standing=None).order_by().values("standing__layer")
    rows = {row["standing__layer"]: row for row in counted.annotate(n=Count("pk"), score=Avg("standing__score"))}
    risks = dict(Member.objects.at_risk().order_by().values_list("standing__layer").annotate(n=Count("pk")))
    return [_layer(layer, rows.get(layer, {}), risks.get(layer, 0)) for layer in Layer]


def _layer(layer: Layer, row: dict[str, Any], risks: int) -> dict[str, Any]:
    url = f"{reverse('members-member-list')}?status=active&layer={layer.value}"
    known = {"n": row.get("n", 0), "score": row.get("score"), "risks": risks}
    return {"value": str(layer.value), "label": layer.label, "url": url, **known}
