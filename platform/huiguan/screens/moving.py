"""The form of a move: what a person, or a partner, must say before it is made."""

from typing import Any

from django import forms
from django.db import models
from django.forms.models import model_to_dict
from django.utils.module_loading import import_string
from django.utils.text import capfirst

from huiguan.screens.fields import plain_label
from huiguan.states import Move


def form_of(model: type[models.Model], declared: Move) -> Any:
    """A folder's own form named in the model's `move_forms`, or one text field per argument."""
    own = getattr(model, "move_forms", {}).get(declared.name)
    if own:
        return import_string(own) if isinstance(own, str) else own
    fields = {name: _asked(name) for name in declared.parameters}
    return type("MoveForm", (forms.Form,), fields)


def defaults_of(model: type[models.Model]) -> dict[str, Any]:
    """What a new record says of itself where nothing is said: a partner need not repeat it."""
    return {name: value for name, value in model_to_dict(model()).items() if value not in (None, "", [])}


def _asked(name: str) -> forms.CharField:
    return forms.CharField(label=str(capfirst(plain_label(name))), widget=forms.Textarea, max_length=2000)
