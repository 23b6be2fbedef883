"""Fields that several forms of visits have."""

import uuid
from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from huiguan.actors import current_actor
from huiguan.screens.converters import is_uuid
from tenants.visits.visitors import possible_visitors


class VisitorsField(forms.TypedMultipleChoiceField):
    """Who of the house goes; whoever writes the form, when nothing else is said."""

    def __init__(self, **kwargs: Any) -> None:
        given = {"label": _("Who goes"), "coerce": uuid.UUID, "widget": forms.CheckboxSelectMultiple, "required": False}
        super().__init__(**{**given, **kwargs})

    def offer(self) -> list[str]:
        """Fill in the choices; returns what is chosen to begin with."""
        found = possible_visitors()
        self.choices = [(str(each.person_id), each.name) for each in found]
        me = current_actor().person_id
        return [str(me)] if me in {each.person_id for each in found} else []


def offer_people(form: forms.BaseForm, member: Any) -> None:
    """The contacts of the member, or no such field while the member is not known."""
    if member and is_uuid(str(member)):
        contacts = apps.get_model("members", "Contact").objects
        form.fields["contact"].queryset = contacts.filter(member=member)  # type: ignore[attr-defined]
    else:
        del form.fields["contact"]


def may_be_visited() -> Any:
    """Those who belong to the chamber now."""
    return apps.get_model("members", "Member").objects.active()
