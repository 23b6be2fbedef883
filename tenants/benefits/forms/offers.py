"""An offer as a secretary writes it: what must go together is said where it is missing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.benefits.models import Merchant, Offer


class MerchantForm(forms.ModelForm):  # type: ignore[type-arg]
    """A shop; its link and its code are made by themselves."""

    class Meta:
        model = Merchant
        fields = [
            "name", "category", "member", "about", "region", "address", "phone", "contact_name", "agreed_on",
            "agreed_until",
        ]  # fmt: skip
        widgets = {"agreed_on": forms.DateInput, "agreed_until": forms.DateInput}
        help_texts = {
            "member": _("Where the merchant is itself a member of the chamber."),
            "about": _("What members read beside its name."),
            "agreed_until": _("Afterwards its offers are shown to nobody. Empty: until one of you ends it."),
        }


class OfferForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Offer
        fields = [
            "merchant", "title", "saving", "percent", "amount_fen", "least_fen", "terms", "starts_on", "ends_on",
            "limit_per_card", "limit_per", "limit_total",
        ]  # fmt: skip
        widgets = {
            "saving": forms.RadioSelect,
            "terms": forms.Textarea(attrs={"rows": 4}),
            "starts_on": forms.DateInput,
            "ends_on": forms.DateInput,
        }
        labels = {"amount_fen": _("Amount off, or worth (yuan)"), "least_fen": _("From a bill of (yuan)")}
        help_texts = {
            "percent": _("12 is 12% off: members pay 88% of the price."),
            "amount_fen": _("For a gift: what it is usually sold for. Empty counts no saving."),
            "least_fen": _("The merchant then enters the bill when a use is counted."),
            "terms": _("What the member should know before: days, what is left out, whether to book ahead."),
            "limit_per_card": _("Empty is as often as one likes."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.initial["saving"] = Offer.Saving.PERCENT  # what most merchants give
            field: Any = self.fields["merchant"]
            field.queryset = Merchant.objects.filter(status=Merchant.Status.PARTNER)

    def clean(self) -> dict[str, Any]:
        """What does not belong to the chosen kind is left out, so that no list shows it."""
        said: dict[str, Any] = super().clean() or {}
        saving = said.get("saving")
        if saving == Offer.Saving.PERCENT and not said.get("percent"):
            self.add_error("percent", _("How many per cent off?"))
        if saving == Offer.Saving.AMOUNT and not said.get("amount_fen"):
            self.add_error("amount_fen", _("How much off?"))
        said["percent"] = said.get("percent") if saving == Offer.Saving.PERCENT else None
        said["amount_fen"] = None if saving == Offer.Saving.PERCENT else said.get("amount_fen")
        return said
