"""What a member's contact writes: about the firm, about themselves, about somebody new."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiguan.deliveries.addresses import mobile_number
from tenants.members.models import Contact, Member
from tenants.members.models.proposals import PERSON
from tenants.members.own.proposing import COMPANY, OWN_FIELDS


class Proposing:
    """A form that only reads the record: what it says is proposed, and the record stays as it is."""

    def values(self: Any) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self._meta.fields}

    def _post_clean(self) -> None:
        """Left out: it would write what was typed into the record."""

    def clean_phone(self: Any) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not mobile_number(phone):
            raise ValidationError(_("Enter a mainland mobile number of eleven digits."))
        return mobile_number(phone)


class CompanyForm(Proposing, forms.ModelForm):  # type: ignore[type-arg]
    """The firm."""

    class Meta:
        model = Member
        fields: ClassVar[list[str]] = list(COMPANY)
        widgets = {
            name: forms.Textarea(attrs={"rows": 3}) for name in ("business_scope", "products", "needs", "offers")
        }


class OwnContactForm(Proposing, forms.ModelForm):  # type: ignore[type-arg]
    """Oneself."""

    class Meta:
        model = Contact
        fields: ClassVar[list[str]] = list(OWN_FIELDS)
        help_texts = {
            "name": gettext_lazy("The secretariat looks at it first. Everything else here is changed at once."),
            "phone": gettext_lazy("New links are sent to this number."),
        }
        widgets = {"phone": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})}

    def clean(self) -> dict[str, Any]:
        """Somebody who can be reached by nothing would never get a link again."""
        said = super().clean() or {}
        if not self.errors and not said.get("phone") and not said.get("email"):
            raise ValidationError(_("Leave a mobile number or an e-mail address, so that the chamber can reach you."))
        return said


class NewPersonForm(Proposing, forms.ModelForm):  # type: ignore[type-arg]
    """Somebody else of the member."""

    class Meta:
        model = Contact
        fields: ClassVar[list[str]] = list(PERSON)
        widgets = {"phone": forms.TextInput(attrs={"inputmode": "tel"})}
