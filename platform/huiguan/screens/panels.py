"""The parts of a record's page that other capabilities add."""

from collections.abc import Iterator
from typing import Any

from huiguan.actors import Actor
from huiguan.capability import Capability, capabilities


def panels_of(record: Any, actor: Actor) -> list[dict[str, Any]]:
    """Each with its template and what that shows, in their order; those with nothing to say are left out."""
    declared = sorted((panel for _c, panel in declared_for(record, actor, "panels")), key=lambda panel: panel.order)
    found = [{"template": panel.template, "context": panel.context(record, actor)} for panel in declared]
    return [each for each in found if each["context"] is not None]


def declared_for(record: Any, actor: Actor, seam: str) -> Iterator[tuple[Capability, Any]]:
    """What capabilities declared of a record's kind, as far as the actor may see it."""
    for capability in capabilities():
        for each in getattr(capability, seam):
            is_meant = each.model == record._meta.label
            if is_meant and actor.can(each.permission or f"{capability.name}.view"):
                yield capability, each
