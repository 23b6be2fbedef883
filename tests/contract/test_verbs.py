"""What is written in the trail is written in words: every verb that code names has a label."""

import ast
from pathlib import Path

from django.apps import apps

from huiguan.screens.history import VERBS
from huiguan.states import moves

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("platform/huiguan", "tenants", "federation", "billing", "api")


def verbs_in(tree):
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            yield from (word for k in call.keywords if k.arg == "verb" for word in words_in(k.value))


def words_in(value):
    """A text, or one of two by a condition; what is passed on is named where it is called."""
    if isinstance(value, ast.IfExp):
        return [*words_in(value.body), *words_in(value.orelse)]
    return [value.value] if isinstance(value, ast.Constant) else []


def test_every_verb_of_the_trail_has_a_label():
    written = {
        verb: file
        for folder in FOLDERS
        for file in (ROOT / folder).rglob("*.py")
        for verb in verbs_in(ast.parse(file.read_text()))
    }
    known = {*VERBS, *(move.name for model in apps.get_models() for move in moves(model))}
    assert len(written) > 10
    assert {verb: file.name for verb, file in written.items() if verb not in known} == {}
