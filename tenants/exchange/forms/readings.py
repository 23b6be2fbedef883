"""What a second reader says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from federation.matching.models import ProfileReview


class ReadingForm(forms.Form):
    """Approve it, or say what is to be changed."""

    verdict = forms.ChoiceField(
        label=_("Verdict"),
        choices=[("approve", _("Approve: others may find it")), ("return", _("Return with remarks"))],
        widget=forms.RadioSelect,
    )
    remarks = forms.MultipleChoiceField(
        label=_("What is to be changed"),
        choices=ProfileReview.Remark.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(label=_("Message"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("verdict") == "return" and not said.get("remarks"):
            self.add_error("remarks", _("Choose what is to be changed."))
        return said
