"""The menu at the side of every page, drawn once for each that there is: what it says is all that it depends on."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


def draw_menu(items: Sequence[dict[str, Any]]) -> SafeString:
    """`items` as `huiguan.shell` tells them: each with its label, address, icon, children, and whether one is there."""
    return _drawn(json.dumps(list(items), default=str))


@lru_cache(maxsize=512)  # of a few kilobytes each: roles by languages by places
def _drawn(items: str) -> SafeString:
    return render_to_string("shell/menu.html", {"items": json.loads(items)})
