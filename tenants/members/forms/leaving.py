"""How a membership ends: at the member's wish, or by a resolution."""

import datetime
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.members.models.belonging import Why

BY_RESOLUTION = [(why.value, why.label) for why in (Why.DUES, Why.CHARTER, Why.OTHER)]


class LeaveForm(forms.Form):
    """The reason is counted by kind, and read in words."""

    why = forms.ChoiceField(label=gettext_lazy("Why it leaves"), choices=Why.choices)
    reason = forms.CharField(
        label=gettext_lazy("In words"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("What could the chamber have done? Whoever reads this later learns from it."),
    )
    on = forms.DateField(label=gettext_lazy("Last day"), widget=forms.DateInput, initial=localdate)

    def clean_on(self) -> datetime.date:
        on: datetime.date = self.cleaned_data["on"]
        if on > localdate():
            raise forms.ValidationError(_("Record it when the day has come."))
        return on

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("why") == Why.OTHER and not said.get("reason"):
            self.add_error("reason", _("Say in words what the reason is."))
        return said


class RemovalForm(LeaveForm):
    """A removal rests on a resolution that can be looked up."""

    field_order = ("why", "resolution", "reason", "on")
    resolution = forms.CharField(
        label=gettext_lazy("Resolution"),
        max_length=120,
        help_text=gettext_lazy(
            "Which body, at which meeting, under which number; for instance 第二届理事会第六次会议决议3号."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whys: Any = self.fields["why"]
        whys.choices = BY_RESOLUTION
