"""What a chamber writes about how it is done, and about learning it from another."""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from federation.benchmarking.models import Pairing
from tenants.benchmarks.models import Practice


class PracticeForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Practice
        fields = ["title", "text", "takes_mentees"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}


class WishForm(forms.Form):
    wish = forms.CharField(
        label=_("What we would like to hear"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(forms.Form):
    """The answer is the button that was pressed."""

    accepts = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda value: value == "yes")
    answer = forms.CharField(label=_("A few words"), max_length=500, required=False)


class ReportForm(forms.Form):
    held_on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}), initial=localdate)
    way = forms.ChoiceField(label=_("How"), choices=Pairing.Way.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("What helps"), max_length=80)
    text = forms.CharField(
        label=_("How it is done"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The card that stays with the other chamber. Only it reads this."),
    )


class TargetForm(forms.Form):
    target = forms.FloatField(label=_("Target"))
    target_by = forms.DateField(label=_("To be reached by"), widget=forms.DateInput(attrs={"type": "date"}))


class RatingForm(forms.Form):
    stars = forms.TypedChoiceField(
        label=_("How much did it help?"), choices=[(n, "★" * n) for n in range(5, 0, -1)], coerce=int
    )
    words = forms.CharField(label=_("A few words"), max_length=500, required=False)
