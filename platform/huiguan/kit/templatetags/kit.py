"""Components and filters for templates. Each component is a small template in `templates/kit/` with named arguments."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huiguan.kit import charts, colours, content, formats, forms, icons, menus, notices, statuses

register = template.Library()

TINTS = {
    "neutral": "secondary",
    "info": "blue",
    "success": "green",
    "warning": "orange",
    "danger": "red",
    "accent": "primary",
    "late": "red",
    "due": "orange",
    "waiting": "blue",
    "error": "red",
    "debug": "secondary",
}

for name, write in (
    ("money", formats.money),
    ("yuan", formats.yuan),
    ("number", formats.number),
    ("percent", formats.percent),
    ("day", formats.day),
    ("moment", formats.moment),
    ("accent", colours.readable_accent),
    ("control", forms.render_control),
    ("option", forms.render_option),
    ("shape", forms.shape_of),
    ("undo_url", notices.undo_url_of),
    ("verbatim", content.verbatim),
    ("trend", formats.trend),
    ("level", statuses.level),
):
    register.filter(name, write)


@register.filter
def tint(level: str | None) -> str:
    """Tabler's name of a level's colour: `danger` is `red`."""
    return TINTS.get(level or "neutral", "secondary")


@register.filter
def initial(name: object) -> str:
    """The character that stands for a name in its round picture."""
    return (str(name or "").strip() or "·")[0].upper()


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    return icons.draw_icon(str(name or icons.UNKNOWN), css)


@register.simple_tag
def menu(items: Sequence[dict[str, Any]]) -> SafeString:
    return menus.draw_menu(items)


@register.simple_tag
def badge(text: object, level: str = "neutral") -> SafeString:
    colour = tint(level)
    return format_html('<span class="badge bg-{}-lt">{}</span>', colour, text) if text else SafeString("")


@register.simple_tag
def status(record: Any) -> SafeString:
    return badge(statuses.words_of(record), statuses.level_of(record))


@register.simple_tag
def avatar(name: object, css: str = "") -> SafeString:
    return format_html('<span class="avatar {}" aria-hidden="true">{}</span>', css, initial(name))


@register.simple_block_tag
def card(content: str, title: str = "", icon: str = "", css: str = "") -> SafeString:
    """`{% card title=… %}…{% endcard %}`: the content stands in the card's body."""
    head = (
        format_html('<div class="card-header"><h2 class="card-title">{}{}</h2></div>', _lead(icon), title)
        if title
        else ""
    )
    return format_html('<section class="card {}">{}<div class="card-body">{}</div></section>', css, head, content)


def _lead(name: str) -> SafeString:
    return icons.draw_icon(name, "me-2 text-secondary") if name else SafeString("")


@register.inclusion_tag("kit/leaves.html")
def leaves(text: str = "", compact: bool = False) -> dict[str, Any]:
    """The one sign of everything that leaves the chamber. It links to the sharing ledger."""
    return {"text": text, "compact": compact}


@register.inclusion_tag("kit/figure.html")
def figure(
    label: str,
    value: object,
    unit: str = "",
    trend: float | str | None = None,
    url: str = "",
    level: str = "",
    icon: str = "",
) -> dict[str, Any]:
    """A number of the chamber. `trend` is in per cent, or said in words."""
    return {"label": label, "value": value, "unit": unit, "trend": trend, "url": url, "level": level, "icon": icon}


@register.inclusion_tag("kit/empty_state.html")
def empty_state(
    title: str, text: str = "", action_url: str = "", action_label: str = "", icon: str = "inbox"
) -> dict[str, Any]:
    return {"title": title, "text": text, "action_url": action_url, "action_label": action_label, "icon": icon}


@register.inclusion_tag("kit/field.html")
def field(bound: Any) -> dict[str, Any]:
    return {"field": bound}


@register.inclusion_tag("kit/form_fields.html")
def form_fields(form: Any) -> dict[str, Any]:
    return {"form": form, "errors": form.non_field_errors(), "hidden_fields": form.hidden_fields()}


@register.inclusion_tag("kit/form.html", takes_context=True)
def form(
    context: template.Context, form: Any, submit: str, cancel_url: str = "", action: str = "", danger: bool = False
) -> dict[str, Any]:
    shown = {"form": form, "submit": submit, "cancel_url": cancel_url, "action": action, "danger": danger}
    return shown | {"csrf_token": context.get("csrf_token")}


@register.inclusion_tag("kit/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any], target: str = "#records") -> dict[str, Any]:
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": numbers, "target": target, "request": context.get("request")}


@register.inclusion_tag("kit/search_box.html")
def search_box(url: str, query: str = "", label: str = "", target: str = "#records") -> dict[str, Any]:
    return {"url": url, "query": query, "label": label, "target": target}


@register.inclusion_tag("kit/timeline.html")
def timeline(entries: Iterable[Any], empty: str = "") -> dict[str, Any]:
    return {"entries": entries, "empty": empty}


@register.simple_tag(takes_context=True)
def panel(context: template.Context, shown: Mapping[str, Any]) -> SafeString:
    """What another capability adds to a page: its own template, with the page's words around it."""
    with context.push(**shown["context"]):
        drawn: SafeString = context.template.engine.get_template(shown["template"]).render(context)  # type: ignore[union-attr]
    return drawn


@register.inclusion_tag("kit/progress.html")
def progress(
    percent: float | None, text: str = "", poll_url: str = "", every: str = "2s", note: str = ""
) -> dict[str, Any]:
    """A bar that asks `poll_url` for itself until the answer has no `poll_url` any more; `percent=None` is unknown.
    `note` says what is not as it should be."""
    return {"percent": percent, "text": text, "poll_url": poll_url, "every": every, "note": note}


@register.inclusion_tag("kit/steps.html")
def steps(labels: Sequence[str], current: int) -> dict[str, Any]:
    """The steps of a longer job; `current` counts from 1."""
    return {"steps": list(enumerate(labels, start=1)), "current": current, "total": len(labels)}


@register.inclusion_tag("kit/chart.html")
def chart(id: str, spec: charts.Chart, height: str = "m") -> dict[str, Any]:
    """Height is `s`, `m` or `l`."""
    return {"id": id, "spec_id": f"{id}-spec", "chart": spec, "spec": spec.as_spec(), "height": height}


@register.inclusion_tag("kit/facts.html")
def facts(items: Iterable[Any]) -> dict[str, Any]:
    return {"items": items}


@register.inclusion_tag("kit/content.html", name="content")
def message_content(told: Mapping[str, Any]) -> dict[str, Any]:
    return {"entries": list(content.entries_of(told))}


@register.inclusion_tag("kit/parts.html")
def parts(items: Iterable[Any], total: object = None, unit: str = "") -> dict[str, Any]:
    """A score and what it is made of: items have `label`, `value`, `max` and perhaps `text` (why)."""
    return {"items": items, "total": total, "unit": unit}


@register.inclusion_tag("kit/moves.html", takes_context=True)
def moves(context: template.Context, moves: Iterable[Any], leads: bool = True) -> dict[str, Any]:
    """`leads=False` where the page's first thing to do stands elsewhere: one button of a page is the primary one."""
    return {"moves": moves, "leads": leads, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("kit/banner.html")
def banner(text: str, level: str = "info", url: str = "", url_label: str = "") -> dict[str, Any]:
    return {"text": text, "level": level, "url": url, "url_label": url_label}


@register.simple_tag(takes_context=True)
def address(context: template.Context, **changes: object) -> str:
    """This page's address with some of its parameters changed: `{% address page=2 %}`; an empty value drops one."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query[key] = str(value)
        if value in (None, ""):
            del query[key]
    return f"?{query.urlencode()}"
