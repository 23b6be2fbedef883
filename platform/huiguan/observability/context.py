"""What is known of the work in hand: put into every log line and every error report. Ids only, never names."""

import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import AppRegistryNotReady, ImproperlyConfigured
from structlog import contextvars


@contextmanager
def work(**facts: Any) -> Iterator[None]:
    """One request or one job, under an id of its own. Whatever was known before is unknown inside."""
    contextvars.clear_contextvars()
    learn(**{**facts, "request_id": facts.get("request_id") or uuid.uuid4()})
    try:
        yield
    finally:
        contextvars.clear_contextvars()


def learn(**facts: Any) -> None:
    """Add facts to the work in hand; a fact that is None is left out."""
    contextvars.bind_contextvars(**{name: str(fact) for name, fact in facts.items() if fact is not None})


def known() -> dict[str, Any]:
    """With the chamber that is bound, where nobody said it."""
    facts = contextvars.get_contextvars()
    return facts if "chamber" in facts else {**facts, **_bound()}


def _bound() -> dict[str, str]:
    # An error report must not fail because the database layer is not loaded yet, nor load it.
    binding = sys.modules.get("huiguan.tenancy.binding")
    try:
        chamber = binding.current_chamber() if binding else None
    except (AttributeError, ImproperlyConfigured, AppRegistryNotReady):
        return {}
    return {"chamber": str(chamber.pk), "place": "chamber"} if chamber else {}
