"""What people enter for the chamber's papers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiguan.files.forms import UploadField
from huiguan.papers import fonts
from huiguan.papers.models import Letterhead
from huiguan.papers.plain import MissingCharacters

FIELDS = ["name", "subtitle", "address", "phone", "signatory", "account_name", "bank", "account"]


class LetterheadForm(forms.ModelForm[Letterhead]):
    new_logo = UploadField(
        label=_("Logo"),
        purpose="papers.logo",
        required=False,
        help_text=_("Left of the name. Empty keeps what is there."),
    )
    new_seal = UploadField(
        label=_("Seal"),
        purpose="papers.seal",
        required=False,
        help_text=_("A picture of the seal alone, on white paper or without a background. It is printed 42 mm wide."),
    )

    class Meta:
        model = Letterhead
        fields = FIELDS

    def clean(self) -> dict[str, Any]:
        """Said here, and not when the first letter is printed."""
        cleaned = super().clean() or self.cleaned_data
        for name in FIELDS:
            if missing := fonts.missing(str(cleaned.get(name) or "")):
                self.add_error(name, MissingCharacters(missing))
        return cleaned
