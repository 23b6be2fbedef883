"""What a chamber says when it lets a partner in."""

import datetime
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oauth2_provider.models import get_application_model

from api.models import Grant
from api.scopes import exposed, labels
from huiguan.screens.fields import label_of

LONGEST = datetime.timedelta(days=366)


class GrantForm(forms.ModelForm[Grant]):
    """A partner by the client id it gave, what it may, until when, and for what purpose."""

    client_id = forms.CharField(label=gettext_lazy("Client id of the partner"), max_length=100)
    scopes = forms.MultipleChoiceField(label=gettext_lazy("May"), widget=forms.CheckboxSelectMultiple)
    member_fields = forms.MultipleChoiceField(
        label=gettext_lazy("Fields of a member that are shown"), widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Grant
        fields = ["client_id", "scopes", "member_fields", "purpose", "expires_on"]
        widgets = {"expires_on": forms.DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["scopes"].choices = list(labels().items())
        fields["member_fields"].choices = _member_fields()

    def clean_client_id(self) -> str:
        found = get_application_model().objects.filter(client_id=self.cleaned_data["client_id"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("No partner has this client id. Ask the partner for it."))
        self.instance.client = found
        return str(found.client_id)

    def clean_expires_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["expires_on"]
        if not localdate() <= day <= localdate() + LONGEST:
            raise forms.ValidationError(_("Choose a day within the next year."))
        return day


def _member_fields() -> list[tuple[str, str]]:
    """Fields of resources that are shown by consent only."""
    return [(n, label_of(r.model, n)) for _c, r in exposed() if r.api_shown for n in r.api_fields]
