"""Who of a member is related to whom."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from huiguan.screens.converters import is_uuid
from tenants.members.models import Contact, Relation


class RelationForm(forms.ModelForm):  # type: ignore[type-arg]
    """The other side is a member, a person outside, or a person of a member."""

    class Meta:
        model = Relation
        fields: ClassVar[list[str]] = ["member", "contact", "kind", "other", "other_name", "note"]
        help_texts: ClassVar[dict[str, Any]] = {
            "other": _("Empty when the other person belongs to no member."),
            "note": _("Only what helps to serve them; everybody has a right to read what is kept about them."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member = self["member"].value()
        if member and is_uuid(str(member)):
            self.fields["contact"].queryset = Contact.objects.filter(member=member)  # type: ignore[attr-defined]
        else:
            del self.fields["contact"]
