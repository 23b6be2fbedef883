"""Asking for an invoice on a phone, and marking it as issued."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in
from stdnum.cn import uscc

from huiguan.files.forms import UploadField
from tenants.dues.models import InvoiceRequest

CODE_LENGTH, SHORTEST = 18, 15
Kind = InvoiceRequest.Kind


class InvoiceRequestForm(forms.ModelForm):  # type: ignore[type-arg]
    """A special invoice also needs address and bank; without a tax number an invoice is made out to a person."""

    class Meta:
        model = InvoiceRequest
        fields = ["kind", "title", "tax_number", "email", "address", "bank", "note"]
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "tax_number": _("The unified social credit code. A person leaves it empty."),
            "address": _("Only for a special invoice."),
            "bank": _("Only for a special invoice."),
            "email": _("The invoice is sent there."),
        }

    def clean_tax_number(self) -> str:
        """Whoever has a code of eighteen has one whose check character agrees."""
        number = "".join(str(self.cleaned_data["tax_number"]).upper().split())
        if number and not (number.isalnum() and number.isascii() and len(number) >= SHORTEST):
            raise forms.ValidationError(_("A tax number has fifteen to twenty letters and digits."))
        if len(number) == CODE_LENGTH and not uscc.is_valid(number):
            raise forms.ValidationError(_("This code is mistyped: its last character does not agree."))
        return number

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") == Kind.SPECIAL:
            for name in ("tax_number", "address", "bank"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("A special invoice needs this."))
        return said


class IssueForm(forms.Form):
    """The number on the invoice, its day, and the PDF where there is one."""

    number = forms.CharField(label=_("Invoice number"), max_length=40)
    issued_on = forms.DateField(label=_in("of an invoice", "Issued on"), initial=localdate, widget=forms.DateInput)
    file = UploadField(label=_("Invoice as PDF"), purpose="dues.invoice", required=False)

    def clean_issued_on(self) -> Any:
        if self.cleaned_data["issued_on"] > localdate():
            raise forms.ValidationError(_("An invoice cannot be of a day to come."))
        return self.cleaned_data["issued_on"]
