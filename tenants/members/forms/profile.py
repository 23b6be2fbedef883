"""What people write about a member: all at once, or one section of the profile."""

import re
from typing import Any, ClassVar

from django import forms
from django.forms import modelform_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.members.models import Member
from tenants.members.profile import RESEARCHED, Section

BETWEEN = re.compile(r"[、,，;；\n]")
LONGEST = 60


class NamesField(forms.Field):
    """Several names in one line, kept as a list."""

    def __init__(self, *, base_field: Any = None, max_length: Any = None, **kwargs: Any) -> None:
        """What a list's own field would be given is left aside."""
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        said = value if isinstance(value, list) else BETWEEN.split(value or "")
        return list(dict.fromkeys(name.strip() for name in said if name.strip()))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if too_long := [name for name in value if len(name) > LONGEST]:
            said = _("“{name}…” is too long for one name. Put “、” between names.")
            raise forms.ValidationError(said.format(name=too_long[0][:20]))


class MemberForm(forms.ModelForm):  # type: ignore[type-arg]
    """Everything that is known when a member is entered by hand."""

    class Meta:
        model = Member
        fields: ClassVar[list[str]] = RESEARCHED
        field_classes = {"departments": NamesField}
        widgets = {
            "joined_on": forms.DateInput,
            "business_scope": forms.Textarea(attrs={"rows": 3}),
            "products": forms.Textarea(attrs={"rows": 3}),
            "needs": forms.Textarea(attrs={"rows": 3}),
            "offers": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "departments": gettext_lazy("For instance 市商务局、雁塔区税务局. Put “、” between names."),
            "interests": gettext_lazy("For instance tea, calligraphy, running."),
            "needs": gettext_lazy("What would help it most now: funds, people, markets, land, advice."),
            "offers": gettext_lazy("What others could get from it: goods, rooms, experience, contacts."),
            "joined_precision": gettext_lazy("Choose the year or the month when the day is not known."),
        }


def section_form(section: Section) -> type[forms.ModelForm[Member]]:
    return modelform_factory(Member, form=MemberForm, fields=list(section.fields))
