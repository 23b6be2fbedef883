"""Proposing a waiver, a deferral or instalments, and the resolution that grants it."""

import datetime
import re
from typing import Any

from django import forms
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiguan.bodies import Body
from huiguan.kit.formats import money
from huiguan.money import YuanField
from huiguan.months import months_after
from tenants.dues.models import Arrangement, Charge, Instalment

Kind = Arrangement.Kind
MOST_PARTS = 12


class ArrangementForm(forms.ModelForm):  # type: ignore[type-arg]
    """One of three kinds; each asks for its own facts."""

    amount_fen = YuanField(label=_("Waived (yuan)"), required=False, help_text=_("Empty: all that is open."))
    number = forms.IntegerField(label=_("Number of instalments"), required=False, min_value=2, max_value=MOST_PARTS)
    first_on = forms.DateField(label=_("First instalment on"), required=False, widget=forms.DateInput)

    class Meta:
        model = Arrangement
        fields = ["charge", "kind", "amount_fen", "until", "reason"]
        widgets = {
            "kind": forms.RadioSelect,
            "until": forms.DateInput,
            "reason": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        charge: Any = self.fields["charge"]
        charge.queryset = Charge.objects.open().select_related("member")
        charge.label_from_instance = lambda c: f"{c.member} · {c} · {money(c.open_fen)}"
        self.order_fields(["charge", "kind", "amount_fen", "until", "number", "first_on", "reason"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.instance._state.adding:
            raise forms.ValidationError(_("What was proposed is not edited. Refuse it and propose again."))
        charge, kind = said.get("charge"), said.get("kind")
        if charge and kind != Kind.WAIVER and charge.arrangements.unfinished().exists():
            self.add_error("charge", _("There is an easing for this charge already. End it first."))
        elif charge and kind:
            {Kind.WAIVER: self._check_waiver, Kind.DEFERRAL: self._check_deferral}.get(kind, self._check_parts)(said)
        return said

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        made = super().save(commit)
        if made.kind == Kind.INSTALMENTS:
            for day, fen in _parts(made.charge, self.cleaned_data["number"], self.cleaned_data["first_on"]):
                Instalment(arrangement=made, due_on=day, amount_fen=fen).save()
        return made

    def _check_waiver(self, said: dict[str, Any]) -> None:
        said["amount_fen"] = said.get("amount_fen") or said["charge"].open_fen
        if said["amount_fen"] > said["charge"].open_fen:
            text = _now("Only {amount} is open.").format(amount=money(said["charge"].open_fen))
            self.add_error("amount_fen", text)

    def _check_deferral(self, said: dict[str, Any]) -> None:
        if not said.get("until") or said["until"] <= localdate():
            self.add_error("until", _("Enter a day to come."))

    def _check_parts(self, said: dict[str, Any]) -> None:
        if not said.get("number"):
            self.add_error("number", _("Into how many parts?"))
        if not said.get("first_on") or said["first_on"] < localdate():
            self.add_error("first_on", _("Enter a day to come."))


class ResolutionForm(forms.Form):
    """Who granted it, when, under which number. [002 §3 经理事会同意]"""

    body = forms.ChoiceField(label=_("Resolved by"), choices=Body, initial=Body.COUNCIL)
    resolution = forms.CharField(label=_("Resolution"), max_length=80)
    resolved_on = forms.DateField(label=_("Resolved on"), initial=localdate, widget=forms.DateInput)

    def clean_resolution(self) -> str:
        return re.sub(r"\s+", " ", self.cleaned_data["resolution"])


def _parts(charge: Charge, number: int, first_on: datetime.date) -> list[tuple[datetime.date, int]]:
    """Equal parts a month apart, whole yuan; the last takes what is left."""
    each = charge.open_fen // number // 100 * 100
    amounts = [each] * (number - 1) + [charge.open_fen - each * (number - 1)]
    return [(months_after(first_on, n), fen) for n, fen in enumerate(amounts)]
