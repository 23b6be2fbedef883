"""A consent that the secretariat enters: on paper, by word, by telephone."""

from typing import Any, ClassVar

from django import forms

from tenants.members.models import Consent


class ConsentForm(forms.ModelForm):  # type: ignore[type-arg]
    """With the day of its withdrawal, whatever stands on it ends."""

    class Meta:
        model = Consent
        fields: ClassVar[list[str]] = ["member", "purpose", "given_on", "given_by", "evidence", "withdrawn_on"]
        widgets: ClassVar[dict[str, Any]] = {"given_on": forms.DateInput, "withdrawn_on": forms.DateInput}

    def save(self, commit: bool = True) -> Consent:
        consent: Consent = super().save(commit)
        if "withdrawn_on" in self.changed_data and consent.withdrawn_on:
            consent.withdraw(consent.withdrawn_on)
        return consent
