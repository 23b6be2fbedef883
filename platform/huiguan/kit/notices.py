"""Tells a person what was done, and lets them take it back where that is possible."""

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo="


def tell(request: HttpRequest, text: str, *, undo_url: str = "") -> None:
    """A line at the top of the next page; with `undo_url` (a POST) it has a button that takes the deed back."""
    messages.success(request, text, extra_tags=UNDO + undo_url if undo_url else "")


def undo_url_of(message: object) -> str:
    """The address that undoes what the message reports, or empty."""
    tags = getattr(message, "extra_tags", "") or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""
