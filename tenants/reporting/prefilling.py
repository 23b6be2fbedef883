"""What the chamber's own records, and its answer to the edition before, say to a question. Nothing here leaves. [F3]"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from federation.calls import queries
from federation.calls.queries import Asked, SeenCall
from huiguan import offered
from huiguan.offered import Found
from huiguan.tenancy.binding import bound_chamber
from tenants.reporting.attaching import facts_of
from tenants.reporting.models import Answer


@dataclass(frozen=True)
class Prefilled:
    """`words` by the question's identity, for a form that nobody has saved yet; `found` what the records say now."""

    words: dict[str, Any]
    found: dict[str, Found]


def prefilled(call: SeenCall, answer: Answer) -> Prefilled:
    """What a person saved stands; else what was answered before, else what the records say."""
    found = _found(call)
    counted = {key: each.said for key, each in found.items()}
    return Prefilled({**counted, **_from_before(call), **answer.words}, found)


def hints(call: SeenCall, known: Prefilled) -> dict[str, str]:
    """What stands below each field that the records can fill."""
    return {str(q.id): _hint(known.found.get(str(q.id))) for q in call.questions if q.source}


def _hint(found: Found | None) -> str:
    if found is None:
        return _("Our own records do not tell this figure yet.")
    return _("Our own records: {figure} ({where})").format(figure=found.said, where=found.where)


def _found(call: SeenCall) -> dict[str, Found]:
    """Counted now, in the chamber's schema."""
    asked = ((str(q.id), offered.find(q.source, call.period)) for q in call.questions if q.source)
    return {key: found for key, found in asked if found}


def _from_before(call: SeenCall) -> dict[str, Any]:
    """What still fits of the answer to the edition before; its questions are known by their keys."""
    before = _edition_before(call)
    if before is None:
        return {}
    old, answer = before
    said = {old.keys[name]: word for name, word in answer.words.items() if name in old.keys}
    return {str(q.id): said[q.key] for q in call.questions if _still_fits(q, said.get(q.key))}


def _edition_before(call: SeenCall) -> tuple[SeenCall, Answer] | None:
    answer = Answer.objects.filter(call_id=call.replaces_id).first() if call.replaces_id else None
    old = queries.call(chamber_id=bound_chamber().pk, call_id=answer.call_id) if answer else None
    return (old, answer) if old and answer else None


def _still_fits(question: Asked, said: Any) -> bool:
    return bool(said) and question.takes(facts_of(said) if question.is_file else said)
