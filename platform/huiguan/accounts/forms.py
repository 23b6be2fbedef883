"""What people type about people."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiguan.accounts.models import Appointment, Invitation, Person
from huiguan.roles import CHAMBER_ROLES, FEDERATION_ROLES, Role


class AcceptForm(forms.Form):
    """A new person's name and password; a known one confirms with the password they have."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=40)
    password = forms.CharField(label=gettext_lazy("Password"), widget=forms.PasswordInput, strip=False)

    def __init__(self, *args: Any, known: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        if known:
            del self.fields["name"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if self.known and not self.known.check_password(password):
            raise forms.ValidationError(_("This is not the password of your account."))
        if not self.known:
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


def roles_of(place: str) -> list[tuple[str, Any]]:
    """The roles that exist in a place."""
    return [(str(r), Role(r).label) for r in (CHAMBER_ROLES if place == "chamber" else FEDERATION_ROLES)]
