"""Draws Tabler's icons inline, so that they take the colour of the words beside them."""

import json
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

UNKNOWN = "point"


@cache
def draw_icon(name: str, css: str = "") -> SafeString:
    """An icon for the eye only: the words beside it carry the meaning. An unknown name draws a dot."""
    shapes = _shapes()
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="{}" width="24" height="24" viewBox="0 0 24 24" fill="none"'
        ' stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"'
        ' focusable="false">{}</svg>',
        f"icon {css}".strip(),
        mark_safe(shapes.get(name, shapes[UNKNOWN])),  # noqa: S308 - our own file, its hash is checked by a test
    )


@cache
def _shapes() -> dict[str, str]:
    shapes: dict[str, str] = json.loads(Path(__file__).with_name("icons.json").read_text())
    return shapes
