"""What an edition of a call asks otherwise than the one before it: said to whoever answered that one."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from federation.calls.models import Call, Question


def changes_of(call: Call) -> list[str]:
    """One sentence a change; none for a first edition."""
    return list(_changes(call.replaces, call)) if call.replaces else []


def _changes(old: Call, new: Call) -> Iterator[str]:
    if old.due_on != new.due_on:
        yield _("Answer by {day}, not {before}.").format(day=new.due_on, before=old.due_on)
    if old.period != new.period and new.first_day:
        yield _("The figures are from {first} to {last}.").format(first=new.first_day, last=new.last_day)
    if old.names_chambers != new.names_chambers:
        yield _("The report names chambers.") if new.names_chambers else _("The report does not name chambers.")
    if (old.title, old.issuer, old.text) != (new.title, new.issuer, new.text):
        yield _("The words of the notice have changed.")
    yield from _of_questions({q.key: q for q in old.form}, {q.key: q for q in new.form})


def _of_questions(old: dict[str, Question], new: dict[str, Question]) -> Iterator[str]:
    for key, question in new.items():
        if key not in old:
            yield _("New: {question}").format(question=question.label)
        elif _asked(old[key]) != _asked(question):
            yield _("Changed: {question}").format(question=question.label)
    for key, question in old.items():
        if key not in new:
            yield _("No longer asked: {question}").format(question=question.label)


def _asked(question: Question) -> Any:
    """What matters to whoever answers."""
    return question.label, question.kind, question.unit, question.parts
