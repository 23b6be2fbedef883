"""How online payment is offered, and money that goes back online."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiguan.money import YuanField
from tenants.dues.models import OnlineTerms
from tenants.dues.models.terms import WAYS


class OnlineTermsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Without any way nothing can be offered."""

    ways = forms.MultipleChoiceField(
        label=_("Ways of payment"), choices=WAYS, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = OnlineTerms
        fields = ["is_offered", "ways", "is_receipted"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("is_offered") and not said.get("ways"):
            self.add_error("ways", _("Choose at least one way of payment."))
        return said


class RepaymentForm(forms.Form):
    """`key` is one for each time the page is opened: sent twice, it is one repayment."""

    fen = YuanField(label=_("Amount (yuan)"), min_value=0.01)
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("The member reads it."))
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
