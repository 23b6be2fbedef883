"""Which chamber of the platform a group member is."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.members.chambers import KnownChamber
from tenants.members.models import Member


class ChamberForm(forms.Form):
    """One of those that are in a federation with us; empty is none."""

    chamber = forms.TypedChoiceField(
        label=gettext_lazy("Chamber on the platform"), coerce=uuid.UUID, empty_value=None, required=False
    )

    def __init__(self, *args: Any, member: Member, known: list[KnownChamber], **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"chamber": member.chamber_id}, **kwargs})
        self.member = member
        field: Any = self.fields["chamber"]
        field.choices = [("", "---------"), *((each.id, f"{each.name}（{each.federation}）") for each in known)]

    def clean_chamber(self) -> uuid.UUID | None:
        chosen: uuid.UUID | None = self.cleaned_data["chamber"]
        others = Member.objects.active().filter(chamber_id=chosen).exclude(pk=self.member.pk)
        if chosen and (other := others.first()):
            raise forms.ValidationError(_("“{name}” is this chamber already.").format(name=other))
        return chosen
