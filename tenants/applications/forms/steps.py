"""What is said with each step of an application, and how a chamber takes applications."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiguan.bodies import Body
from tenants.applications.models import Reception


class QuestionForm(forms.Form):
    """The applicant reads it word for word."""

    question = forms.CharField(label=_("Question"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(forms.Form):
    """By the applicant."""

    answer = forms.CharField(label=_("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class WithdrawalForm(forms.Form):
    """By whom and why, as the secretariat heard it."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ApprovalForm(forms.Form):
    """Which body, under which number, on which day."""

    body = forms.ChoiceField(label=_("Resolved by"), choices=Body, initial=Body.COUNCIL)
    resolution = forms.CharField(label=_("Resolution"), max_length=80)
    resolved_on = forms.DateField(label=_("Resolved on"), initial=localdate, widget=forms.DateInput)

    def clean_resolution(self) -> str:
        return " ".join(self.cleaned_data["resolution"].split())

    def clean_resolved_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["resolved_on"]
        if day > localdate():
            raise ValidationError(_now("A resolution is recorded once it was passed."))
        return day


class RefusalForm(ApprovalForm):
    """With the reason in words that the applicant may read."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant reads it word for word."),
    )


class ReceptionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Reception
        fields: ClassVar[list[str]] = ["is_open", "greeting", "months_kept"]
        widgets: ClassVar[dict[str, Any]] = {"greeting": forms.Textarea(attrs={"rows": 4})}
        help_texts: ClassVar[dict[str, Any]] = {
            "greeting": _("Who can join, what it costs, whom to call."),
            "months_kept": _("Refused and withdrawn ones are erased then, with the messages about them."),
        }
