"""What people type about people."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy, ngettext_lazy

from huiguan.accounts.models import Appointment, Invitation
from huiguan.roles import CHAMBER_ROLES, FEDERATION_ROLES, Role


class AcceptForm(forms.Form):
    """A new person's name and password."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=40)
    password = forms.CharField(label=gettext_lazy("Password"), widget=forms.PasswordInput, strip=False)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class InvitationForm(forms.ModelForm[Invitation]):
    class Meta:
        model = Invitation
        fields = ["name", "email", "role"]

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_of(place)  # type: ignore[attr-defined]


class RoleForm(forms.ModelForm[Appointment]):
    class Meta:
        model = Appointment
        fields = ["role"]

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_of(place)  # type: ignore[attr-defined]


class SecondFactorForm(forms.Form):
    """Which roles, and how long one may go on without."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles that must have it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    days = forms.ChoiceField(
        label=gettext_lazy("Time to set it up"),
        choices=[(n, ngettext_lazy("%(n)d day", "%(n)d days", "n") % {"n": n}) for n in (3, 7, 14, 30)],
        help_text=gettext_lazy("Counted from now, and for somebody who is new from their first day."),
    )

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = roles_of(place)  # type: ignore[attr-defined]


def roles_of(place: str) -> list[tuple[str, Any]]:
    """The roles that exist in a place."""
    return [(str(r), Role(r).label) for r in (CHAMBER_ROLES if place == "chamber" else FEDERATION_ROLES)]
