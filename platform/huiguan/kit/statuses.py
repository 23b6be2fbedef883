"""Gives each state a quiet colour. The words say it; the colour only helps to find it."""

from typing import Any

LEVELS = ("neutral", "info", "success", "warning", "danger", "accent")

# The vocabulary of all capabilities' states. A model overrides a word with `status_levels = {"held": "success"}`.
WORDS = {
    "info": "accepted assigned confirmed introduced invited matched open planned processing proposed published queued "
    "scheduled seconded sending sent submitted trial trialing under_review",
    "success": "active adopted answered approved closed_with_deal completed current delivered done finished held "
    "joined live ok paid resolved settled succeeded success verified",
    "warning": "awaiting due expiring grace late paused pending partly past_due received restricted retrying review "
    "unpaid waiting warning",
    "danger": "blocked bounced critical danger error failed lost overdue rejected refused suspended unreachable",
}
LEVEL_OF_WORD = {word: level for level, words in WORDS.items() for word in words.split()}


def level(state: Any) -> str:
    """The level of a record, or of the name of a state or of a level."""
    if isinstance(state, str):
        return state if state in LEVELS else LEVEL_OF_WORD.get(state, "neutral")
    return level_of(state)


def level_of(record: Any) -> str:
    """The level of a record's `status`: one of LEVELS; a draft, a closed or an unknown state is `neutral`."""
    own: dict[str, str] = getattr(record, "status_levels", {})
    state = _state_of(record)
    return own.get(state) or LEVEL_OF_WORD.get(state, "neutral")


def words_of(record: Any) -> str:
    """The record's state in the reader's words."""
    display = getattr(record, "get_status_display", None) or getattr(record, "get_state_display", None)
    return str(display() if display else _state_of(record))


def _state_of(record: Any) -> str:
    return str(getattr(record, "status", None) or getattr(record, "state", ""))
