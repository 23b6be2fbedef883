"""A use that a merchant wrote down on paper, entered by the secretariat."""

import datetime
import uuid
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone, localdate, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.money import YuanField
from tenants.benefits.counting import count_use
from tenants.benefits.models import Card, Offer, Use

NOON = datetime.time(12)


class UseForm(forms.Form):
    """`key` is the page's, so that what is sent twice counts once."""

    card: Any = forms.ModelChoiceField(queryset=None, label=_("Member card"))
    offer: Any = forms.ModelChoiceField(queryset=None, label=_in("to members", "Offer"))
    on = forms.DateField(label=_in("of a use", "Day"), initial=localdate, widget=forms.DateInput)
    bill_fen = YuanField(label=_("Bill (yuan)"), required=False, min_value=0.01, max_value=1_000_000)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["card"].queryset = Card.objects.usable().select_related("member").order_by("member__sort_key", "pk")
        fields["card"].label_from_instance = lambda card: f"{card.whose()} · {card}"
        fields["offer"].queryset = Offer.objects.open().select_related("merchant")

    def clean_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["on"]
        if day > localdate():
            raise forms.ValidationError(_("Nothing can have been used on a day to come."))
        return day

    def save(self) -> Use:
        """Raises ValidationError where it cannot be counted."""
        said = dict(self.cleaned_data)
        day = said.pop("on")
        at = now() if day == localdate() else datetime.datetime.combine(day, NOON, get_current_timezone())
        return count_use(**said, again=True, at=at)
