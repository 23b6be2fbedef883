"""Which field of many members is changed, and to what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiguan.screens.fields import label_of
from tenants.members.bulk_editing import FIELDS
from tenants.members.models import Member

CHOSEN, ALL = "chosen", "all"


class BulkEditForm(forms.Form):
    """The value's field is the member's own, so that it is checked as on its page."""

    scope = forms.ChoiceField(label=_("Which members"), widget=forms.RadioSelect)
    field = forms.ChoiceField(label=_("What is changed"))

    def __init__(self, *args: Any, chosen: int, total: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes: Any = self.fields["scope"]
        offered = [(CHOSEN, _("The {n} that were chosen"), chosen), (ALL, _("All {n} of the list"), total)]
        scopes.choices = [(key, str(text).format(n=n)) for key, text, n in offered if n]
        self.initial.setdefault("scope", scopes.choices[0][0] if scopes.choices else None)
        fields: Any = self.fields["field"]
        fields.choices = [(name, label_of(Member, name)) for name in FIELDS]
        if wanted := self._wanted():
            self.fields["value"] = wanted

    def new_value(self) -> Any:
        """As a member keeps it; an empty number is none."""
        said = self.cleaned_data.get("value")
        return None if said == "" and _field(self.cleaned_data["field"]).null else said

    def _wanted(self) -> Any:
        """Once a field is chosen, what can be written into it."""
        name = self["field"].value()
        if name not in FIELDS:
            return None
        made = _field(name).formfield()
        made.label = _("New value")
        return made


def _field(name: str) -> Any:
    return Member._meta.get_field(name)
