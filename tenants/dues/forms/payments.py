"""A payment that somebody books by hand: who paid, how much, what for."""

from typing import Any

from django import forms
from django.apps import apps
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.kit.formats import money
from huiguan.money import YuanField
from tenants.dues import payments
from tenants.dues.ledger import Part
from tenants.dues.models import Charge, Payment


class MemberForm(forms.Form):
    """Whose payment it is; asked before what is open for them can be shown."""

    member: Any = forms.ModelChoiceField(queryset=None, label=_("Member"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = apps.get_model("members", "Member").objects.all()  # type: ignore[attr-defined]


class PaymentForm(forms.Form):
    """One member's payment. Each open charge has a field; what is left over becomes credit."""

    method = forms.ChoiceField(label=_("Way of payment"), choices=Payment.Method, widget=forms.RadioSelect)
    fen = YuanField(label=_("Amount (yuan)"), min_value=0.01)
    received_on = forms.DateField(label=_in("money", "Received on"), initial=localdate, widget=forms.DateInput)
    payer = forms.CharField(label=_("Payer"), max_length=120, required=False)
    reference = forms.CharField(label=_("Reference"), max_length=120, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    is_another = forms.BooleanField(label=_("It is another payment of the same amount on the same day"), required=False)

    def __init__(self, member: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self.charges = list(Charge.objects.open().filter(member=member).order_by("due_on", "year", "id"))
        for charge in self.charges:
            label = _now("{charge}, open {amount}").format(charge=charge, amount=money(charge.open_fen))
            self.fields[f"for_{charge.pk}"] = YuanField(label=label, required=False)
        self.order_fields(["method", "fen", *(f"for_{c.pk}" for c in self.charges)])

    def clean_received_on(self) -> Any:
        if self.cleaned_data["received_on"] > localdate():
            raise forms.ValidationError(_("Money cannot have come on a day to come."))
        return self.cleaned_data["received_on"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        given, fen = sum(self._given(said).values()), said.get("fen")
        if fen and given > fen:
            text = _now("The parts are {parts}, more than the payment.").format(parts=money(given))
            self.add_error("fen", text)
        if fen and not said.get("is_another") and (there := payments.same(self._facts(said))):
            text = _now("{who} has booked this already: {payment}. Tick below if it is another one.")
            self.add_error("is_another", text.format(who=payments.booked_by(there), payment=there))
        return said

    def save(self) -> Payment:
        said = self.cleaned_data
        return payments.record(
            **self._facts(said), parts=self._parts(said), note=said["note"], is_another=said["is_another"]
        )

    def _facts(self, said: dict[str, Any]) -> dict[str, Any]:
        names = ("method", "fen", "received_on", "payer", "reference")
        return {"member_id": self.member.pk, **{name: said.get(name) for name in names}}

    def _given(self, said: dict[str, Any]) -> dict[Any, int]:
        return {c.pk: said[f"for_{c.pk}"] for c in self.charges if said.get(f"for_{c.pk}")}

    def _parts(self, said: dict[str, Any]) -> list[Part] | None:
        """As written; None where nothing was: then the oldest charges come first."""
        given = self._given(said)
        if not given:
            return None
        parts = [Part(self.member.pk, fen, key) for key, fen in given.items()]
        rest = said["fen"] - sum(given.values())
        return [*parts, Part(self.member.pk, rest)] if rest else parts
