"""The form that an applicant fills in on a phone, and the same on paper entered by the secretariat. [S1 入会申请]"""

import time
import uuid
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from huiguan import links
from huiguan.deliveries.addresses import mobile_number
from huiguan.tenancy.binding import bound_chamber, current_chamber
from tenants.applications.actions import receive
from tenants.applications.consenting import purposes, text_of_consent
from tenants.applications.models import Application
from tenants.applications.models.applications import FACTS, OF_THE_PERSON

WITH_A_CODE = (Application.Kind.ENTERPRISE, Application.Kind.GROUP)
FASTEST_SECONDS = 3  # nobody fills it in faster; a robot does
LONGEST_SECONDS = 30 * 24 * 3600  # that a form stays open on a phone
OPENED = "application-opened"


class ApplicationForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is asked of every applicant."""

    agreed = forms.MultipleChoiceField(
        label=_("I also agree to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Of your own free will. Each can be withdrawn at any time."),
    )

    class Meta:
        model = Application
        fields: ClassVar[list[str]] = [*FACTS, "motive", *OF_THE_PERSON]
        widgets: ClassVar[dict[str, Any]] = {
            "kind": forms.RadioSelect,
            "business_scope": forms.Textarea(attrs={"rows": 2}),
            "motive": forms.Textarea(attrs={"rows": 3}),
            "credit_code": forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
            "contact_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "contact_phone": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "name": forms.TextInput(attrs={"autocomplete": "organization"}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("As in the business licence; for a person, their name."),
            "credit_code": _("18 characters, as in the business licence. Not needed for a person."),
            "contact_email": _("Where you hear of each step; without it by text message."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].choices = purposes()  # type: ignore[attr-defined]
        self.fields["kind"].choices = Application.Kind.choices  # type: ignore[attr-defined]

    def clean_contact_phone(self) -> str:
        number = mobile_number(self.cleaned_data["contact_phone"])
        if not number:
            raise ValidationError(_now("Enter a mobile number of eleven digits."))
        return number

    def clean_credit_code(self) -> str:
        code = "".join(self.cleaned_data["credit_code"].split()).upper()
        if code and not uscc.is_valid(code):
            raise ValidationError(_now("This is no valid unified social credit code: compare it with the licence."))
        return code

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("kind") in WITH_A_CODE and not said.get("credit_code") and "credit_code" not in self.errors:
            self.add_error("credit_code", _("An organisation enters its credit code."))
        return said

    def consent(self) -> str:
        chamber = current_chamber()
        return text_of_consent(chamber.name if chamber else "")


class PublicForm(ApplicationForm):
    """Without an account. `website` is seen by robots alone."""

    consented = forms.BooleanField(label=_("I have read this and agree"))
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, "form_key": uuid.uuid4(), "opened": links.sign(OPENED, _here(), at=time.time())}

    @property
    def is_by_a_robot(self) -> bool:
        """Who fills in what nobody sees, or answers before anybody can have read."""
        try:
            opened = links.read(OPENED, _here(), self.cleaned_data.get("opened") or "", seconds=LONGEST_SECONDS)
        except links.BadLink:
            return True
        return bool(self.cleaned_data.get("website")) or time.time() - opened["at"] < FASTEST_SECONDS

    def receive(self) -> Application:
        application: Application = self.save(commit=False)
        application.is_own, application.language = True, get_language() or ""
        said = self.cleaned_data
        return receive(application, agreed=said["agreed"], consent=self.consent(), key=said["form_key"])


class OfficeForm(ApplicationForm):
    """One that came on paper, or a correction; with the opinion of the secretariat."""

    consented = forms.BooleanField(label=_("The applicant has signed the consent on paper"))

    class Meta(ApplicationForm.Meta):
        fields: ClassVar[list[str]] = [*ApplicationForm.Meta.fields, "opinion"]
        widgets: ClassVar[dict[str, Any]] = {
            **ApplicationForm.Meta.widgets, "opinion": forms.Textarea(attrs={"rows": 3}),
        }  # fmt: skip
        help_texts: ClassVar[dict[str, Any]] = {
            **ApplicationForm.Meta.help_texts, "opinion": _("The council reads it; the applicant does not."),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["agreed"] = self.instance.agreed
            del self.fields["consented"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.instance.status not in Application.UNDERWAY:
            raise ValidationError(_now("What was decided is not changed any more."))
        return said

    def save(self, commit: bool = True) -> Application:
        application: Application = super().save(commit=False)
        if application._state.adding and commit:
            return receive(application, agreed=self.cleaned_data["agreed"], consent=self.consent(), key=None)
        application.agreed = self.cleaned_data["agreed"]
        if commit:
            application.save()
        return application


def _here() -> str:
    chamber = bound_chamber()
    return str(chamber.pk)
