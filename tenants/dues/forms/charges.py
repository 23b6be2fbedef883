"""Services that are charged one by one, offsets, credit, and why a charge is late."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiguan.money import YuanField
from tenants.dues import ledger
from tenants.dues.models import Charge


class ServiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A service that a member pays for by itself. [002 §3 按需付费]"""

    class Meta:
        model = Charge
        fields = ["member", "title", "amount_fen", "due_on"]
        widgets = {"due_on": forms.DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        self.instance.kind, self.instance.year = Charge.Kind.SERVICE, localdate().year

    def clean(self) -> dict[str, Any]:
        if not self.instance._state.adding:
            raise forms.ValidationError(_("What was charged is not edited. Cancel it and charge again."))
        return super().clean() or {}

    def save(self, commit: bool = True) -> Any:
        self.instance.year = self.instance.due_on.year
        ledger.assess([self.instance], reason=self.instance.title)
        return self.instance


class CauseForm(forms.Form):
    """What the member said when asked."""

    cause = forms.ChoiceField(label=_("Why it is late"), choices=Charge.Cause, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What the member said"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class AmountForm(forms.Form):
    """An amount up to a limit, with its reason."""

    fen = YuanField(label=_("Amount (yuan)"), min_value=0.01)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class CreditForm(forms.Form):
    """How much of the member's credit settles the charge."""

    fen = YuanField(label=_("Amount (yuan)"), min_value=0.01)
