"""The first page of the day: what is due, late, or waiting for me, and the figures of the place. [S13]"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate
from django.views.generic import TemplateView, View

from huiguan import access
from huiguan.actors import Actor
from huiguan.capability import Item, Source, capabilities, resources
from huiguan.screens.base import search, visible
from huiguan.unchanged import until_changed

LEVELS = {"late": 0, "due": 1, "waiting": 2, "info": 3}
SHOWN = 12
ALL_DONE, ALL_DONE_FOR = "first-steps-are-done", 3600  # seconds: a chamber that was set up does not become a new one


class Workbench(TemplateView):
    """`/` of a chamber or a federation."""

    permission = access.SIGNED_IN
    template_name = "screens/workbench.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place, actor = self.request.host.kind, self.request.actor  # type: ignore[attr-defined]
        items = gather(place, actor)
        shown = some_of_each(items)
        known = {id(item) for item in shown}
        return {
            **super().get_context_data(**kwargs),
            "today": localdate(),
            "items": shown,
            "more": _counted([item for item in items if id(item) not in known]),
            "figures": list(_figures(place, actor)),
            "charts": list(_charts(place, actor)),
            "checklist": _checklist(place, actor),
        }


class Tasks(TemplateView):
    """`/tasks/?of=dues`: everything that waits, from every capability or from one, in one list."""

    permission = access.SIGNED_IN
    template_name = "screens/tasks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        items = gather(self.request.host.kind, self.request.actor)  # type: ignore[attr-defined]
        chosen = self.request.GET.get("of", "")
        return {
            **super().get_context_data(**kwargs),
            "items": [item for item in items if chosen in ("", item["folder"])],
            "folders": _counted(items),
            "chosen": chosen,
            "number": len(items),
            "today": localdate(),
        }


class Search(View):
    """`/search/?q=`: one box over every resource the actor may see."""

    permission = access.SIGNED_IN
    per_resource = 8

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("q", "").strip()[:100]
        groups = list(self._groups(words)) if words else []
        return render(request, "screens/search.html", {"query": words, "groups": groups})

    def _groups(self, words: str) -> Iterator[dict[str, Any]]:
        actor = self.request.actor  # type: ignore[attr-defined]
        for capability, resource in resources(self.request.host.kind):  # type: ignore[attr-defined]
            if actor.can(f"{capability.name}.view") and (resource.search_fields or resource.search):
                found = list(search(visible(resource, actor), resource, words)[: self.per_resource])
                if found:
                    rows = [{"title": str(r), "url": reverse(f"{resource.route}-detail", args=[r.pk])} for r in found]
                    yield {"label": resource.model._meta.verbose_name_plural, "icon": capability.icon, "rows": rows}


def gather(place: str, actor: Actor) -> list[dict[str, Any]]:
    """What waits for the actor, the late first."""
    found = [
        {**_as_row(item, source), "folder": capability.name, "folder_label": capability.label}
        for capability in capabilities(place)
        for source in capability.sources
        if not source.permission or actor.can(source.permission)
        for item in _waiting(capability.name, source, actor)
    ]
    return sorted(found, key=lambda row: (LEVELS.get(row["level"], 9), row["due"] or localdate().replace(year=9999)))


def _waiting(folder: str, source: Source, actor: Actor) -> Iterable[Item]:
    if not source.is_of_the_place:
        return source.items(actor)
    name = f"{folder}.{source.items.__name__}.{'+'.join(sorted(actor.roles))}"
    return until_changed(name, lambda: list(source.items(actor)))


def some_of_each(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """From every folder its most urgent, by turns: a hundred late dues do not hide the visitor of today."""
    seen: Counter[str] = Counter()
    turns = []
    for place, item in enumerate(items):
        turns.append((seen[item["folder"]], place))
        seen[item["folder"]] += 1
    return [items[place] for _turn, place in sorted(sorted(turns)[:SHOWN], key=lambda each: each[1])]


def _counted(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many of which folder, the most first."""
    labels = {item["folder"]: item["folder_label"] for item in items}
    counted = Counter(item["folder"] for item in items).most_common()
    return [{"folder": folder, "label": labels[folder], "number": number} for folder, number in counted]


def _as_row(item: Item, source: Source) -> dict[str, Any]:
    level = "late" if item.due and item.due < localdate() else item.level
    return {**item._asdict(), "level": level, "source": source.label, "action_url": item.url}


def _figures(place: str, actor: Actor) -> Iterator[dict[str, Any]]:
    for capability in capabilities(place):
        for number, figure in enumerate(capability.figures):
            if actor.can(figure.permission or f"{capability.name}.view"):
                name = f"{capability.name}.figure{number}"
                value, trend = until_changed(name, figure.compute) if figure.is_of_the_place else figure.compute()
                shown = {
                    "label": figure.label,
                    "value": value,
                    "trend": trend,
                    "unit": figure.unit,
                    "icon": figure.icon,
                }
                yield {**shown, "url": _url(figure.url)}


def _charts(place: str, actor: Actor) -> Iterator[Any]:
    """Pictures that the capabilities draw; one that has nothing to show is left out."""
    for capability in capabilities(place):
        if actor.can(f"{capability.name}.view"):
            drawn = (until_changed(f"{capability.name}.{draw.__name__}", draw) for draw in capability.charts)
            yield from (chart for chart in drawn if chart and not chart.is_empty)


def _checklist(place: str, actor: Actor) -> list[dict[str, Any]]:
    """The steps of the first run; none once all are done."""
    if not actor.can("people.change"):
        return []
    if place == "chamber" and cache.get(ALL_DONE):
        return []
    steps = sorted((s for c in capabilities(place) for s in c.steps), key=lambda s: s.order)
    shown = [{"label": s.label, "url": _url(s.url), "done": s.is_done()} for s in steps]
    if any(not s["done"] for s in shown):
        return shown
    if place == "chamber":  # whose name is in the key; federations share theirs
        cache.set(ALL_DONE, True, ALL_DONE_FOR)
    return []


def _url(name: str) -> str:
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""
