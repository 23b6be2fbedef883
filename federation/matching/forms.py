"""What the coordinator fills in."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from federation.matching.models import MatchingRules
from federation.registry.items import Item
from federation.registry.queries import members
from huiguan.actors import current_actor


class MediatorForm(forms.Form):
    """The chambers that take part in the matching; a party is refused by the move."""

    mediator = forms.ChoiceField(
        label=_("Mediator"),
        help_text=_("It reads the names of the two sides and what the dispute is about; no contact."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        federation_id = current_actor().federation_id
        taking_part = members(federation_id, Item.MATCHING) if federation_id else []
        self.names = {str(member.chamber_id): member.chamber_name for member in taking_part}
        field: Any = self.fields["mediator"]
        field.choices = [("", "—"), *self.names.items()]

    def clean_mediator(self) -> tuple[uuid.UUID, str]:
        key = self.cleaned_data["mediator"]
        return uuid.UUID(key), self.names[key]


class RulesForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = MatchingRules
        fields = ("lists_per_slot", "is_reviewed")
