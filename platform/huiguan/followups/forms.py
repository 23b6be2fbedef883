"""What people say about follow-ups."""

import uuid
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiguan.followups.telling import possible_owners


class HandOverForm(forms.Form):
    """To whom, and until when."""

    to = forms.TypedChoiceField(label=_("Hand over to"), coerce=uuid.UUID)
    due_on = forms.DateField(label=_("Due on"), widget=forms.DateInput, initial=localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((str(person.person_id), person.name) for person in possible_owners())]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
