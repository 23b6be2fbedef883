"""A layer that a person decides instead of the rules."""

import datetime
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tenants.members.layers import Layer


def in_a_year() -> datetime.date:
    return localdate() + datetime.timedelta(days=365)


class LayerForm(forms.Form):
    """Which, why, and until when; then the rules hold again."""

    layer = forms.TypedChoiceField(
        label=gettext_lazy("Layer"),
        choices=[("", gettext_lazy("By the rules: position and engagement")), *Layer.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    reason = forms.CharField(label=pgettext_lazy("layer", "Why"), max_length=200, required=False)
    until = forms.DateField(
        label=pgettext_lazy("layer", "Until"),
        widget=forms.DateInput,
        initial=in_a_year,
        required=False,
        help_text=gettext_lazy("After this day the rules decide again: nobody has to remember it."),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("layer") is None:
            return {"layer": None, "reason": "", "until": None}
        if not said.get("reason"):
            self.add_error("reason", _("Say why, for those who come after you."))
        if not said.get("until"):
            self.add_error("until", _("Say until when."))
        elif said["until"] < localdate():
            self.add_error("until", _("Choose a day that lies ahead."))
        return said
