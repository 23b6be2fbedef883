"""What people say once both sides know each other's contact."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from federation.matching.models import Agreement, ExpressionOfInterest, ValueBand
from tenants.exchange.forms.introductions import WordsForm

SUCCESS = [(5, _("5 · excellent")), (4, _("4 · good")), (3, _("3 · fair")), (2, _("2 · weak")), (1, _("1 · poor"))]


class PastDay(forms.DateField):
    """A day up to today."""

    widget = forms.DateInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(initial=localdate, **kwargs)

    def validate(self, value: datetime.date | None) -> None:
        super().validate(value)
        if value and value > localdate():
            raise ValidationError(_("This day lies ahead."))


class MeetingForm(WordsForm):
    met_on = PastDay(label=_("Last met or spoke on"))

    field_order = ("met_on", "text")


class AgreementForm(WordsForm):
    kind = forms.ChoiceField(label=_("Kind of agreement"), choices=Agreement.Kind.choices)
    value_band = forms.ChoiceField(label=_("Value"), choices=ValueBand.choices)
    signed_on = PastDay(label=_("Signed on"))

    field_order = ("kind", "value_band", "signed_on", "text")


class NoDealForm(WordsForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=ExpressionOfInterest.NoDeal.choices)

    field_order = ("reason", "text")


class DeliveryForm(WordsForm):
    delivered_on = PastDay(label=_("Delivered on"))

    field_order = ("delivered_on", "text")


class OutcomeForm(WordsForm):
    """One side's half of the confirmation."""

    success = forms.TypedChoiceField(label=_("How well did it go?"), choices=SUCCESS, coerce=int)
    amount_band = forms.ChoiceField(
        label=_("Value in fact"),
        choices=ValueBand.choices,
        help_text=_("Where the two sides differ, the lower one counts."),
    )
    jobs = forms.IntegerField(label=_("Jobs"), min_value=0, max_value=1_000_000, required=False)

    field_order = ("success", "amount_band", "jobs", "text")


class DisputeForm(forms.Form):
    """Both sides' secretariats read it; a mediator too, once both ask for one."""

    text = forms.CharField(label=_("What it is about"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    mediation = forms.BooleanField(label=_("We ask for mediation by a chamber that is no party"), required=False)


class MediationForm(forms.Form):
    """The mediator's report."""

    result = forms.ChoiceField(
        label=_("Result"),
        choices=[("settled", _("Settled: both sides agree")), ("unsettled", _("Not settled"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("How it ended"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
