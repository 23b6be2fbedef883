"""The shape of what a chamber says about a practice exchange. What does not fit is refused with the reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from federation.benchmarking.models import Pairing
from huiguan.inbox.handlers import Delivered, Refused


class Asked(forms.Form):
    """`pairing_id` is chosen by the chamber that asks."""

    pairing_id = forms.UUIDField()
    code = forms.CharField(max_length=10)
    wish = forms.CharField(max_length=500, required=False)


class About(forms.Form):
    pairing_id = forms.UUIDField()


class Answered(About):
    accepts = forms.BooleanField(required=False)
    answer = forms.CharField(max_length=500, required=False)


class Reported(About):
    held_on = forms.DateField()
    way = forms.ChoiceField(choices=Pairing.Way.choices)
    title = forms.CharField(max_length=80)
    text = forms.CharField(max_length=2000)


class Targeted(About):
    target = forms.FloatField()
    target_by = forms.DateField()


class Rated(About):
    stars = forms.IntegerField(min_value=1, max_value=5)
    words = forms.CharField(max_length=500, required=False)


def read(message: Delivered, shape: type[forms.Form]) -> dict[str, Any]:
    """The content as the shape's own types. Raises Refused with the first thing that is wrong."""
    form = shape(message.content)
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Refused(_("The message cannot be read ({field}): {error}").format(field=field, error=errors[0]))
    return form.cleaned_data
