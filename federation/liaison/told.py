"""The shape of what a chamber's messages say. What does not fit is refused, and the chamber reads why."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from federation.liaison.choosing import Word
from huiguan.inbox.handlers import Delivered, Refused


class HostAnswer(forms.Form):
    session_id = forms.UUIDField()
    accepts = forms.BooleanField(required=False)
    note = forms.CharField(max_length=300, required=False)


class SwapAsked(forms.Form):
    session_id = forms.UUIDField()
    taker_id = forms.UUIDField()
    why = forms.CharField(max_length=300, required=False)


class SwapAnswered(forms.Form):
    session_id = forms.UUIDField()
    swap_id = forms.UUIDField()
    accepts = forms.BooleanField(required=False)
    note = forms.CharField(max_length=300, required=False)


class SwapWithdrawn(forms.Form):
    session_id = forms.UUIDField()


class TopicProposed(forms.Form):
    series_id = forms.UUIDField()
    title = forms.CharField(max_length=120)
    detail = forms.CharField(max_length=1000, required=False)


class TopicSeconded(forms.Form):
    topic_id = forms.UUIDField()


class AttendanceAnswer(forms.Form):
    session_id = forms.UUIDField()
    coming = forms.BooleanField(required=False)
    head = forms.CharField(max_length=40, required=False)
    people = forms.IntegerField(min_value=0, max_value=99, required=False)
    is_online = forms.BooleanField(required=False)
    note = forms.CharField(max_length=300, required=False)


class DatesAnswered(forms.Form):
    """`words`: what the chamber says of each date of the poll, by the date's key."""

    session_id = forms.UUIDField()
    words = forms.JSONField()

    def clean_words(self) -> dict[uuid.UUID, str]:
        try:
            return {uuid.UUID(key): Word(word).value for key, word in dict(self.cleaned_data["words"]).items()}
        except (AttributeError, TypeError, ValueError) as error:
            raise forms.ValidationError(_("Say of each date whether the chamber can come.")) from error


class DateProposed(forms.Form):
    session_id = forms.UUIDField()
    starts_at = forms.DateTimeField()


class MinutesApproved(forms.Form):
    session_id = forms.UUIDField()
    version = forms.IntegerField(min_value=1)
    digest = forms.CharField(max_length=64)


class AmendmentAsked(forms.Form):
    session_id = forms.UUIDField()
    version = forms.IntegerField(min_value=1)
    text = forms.CharField(max_length=2000)


class ActionReported(forms.Form):
    action_id = forms.UUIDField()
    state = forms.ChoiceField(choices=[("in_progress", ""), ("done", "")])
    evidence = forms.CharField(max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("state") == "done" and not said.get("evidence"):
            self.add_error("evidence", _("Say what shows that it is done."))
        return said


def read(message: Delivered, shape: type[forms.Form]) -> dict[str, Any]:
    """The content as the shape's own types. Raises Refused with the first thing that is wrong."""
    form = shape(message.content)
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Refused(_("The message cannot be read ({field}): {error}").format(field=field, error=errors[0]))
    return form.cleaned_data
