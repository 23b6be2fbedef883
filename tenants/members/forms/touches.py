"""What is written of a contact with a member."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiguan.screens.converters import is_uuid
from tenants.members.models import Contact, Touch


class TouchForm(forms.ModelForm):  # type: ignore[type-arg]
    """A contact that took place, or one that is planned; and when to come back to it."""

    next_on = forms.DateField(
        label=gettext_lazy("Come back to it on"),
        required=False,
        widget=forms.DateInput,
        help_text=gettext_lazy("Plans the next contact for that day; it appears among your tasks."),
    )

    class Meta:
        model = Touch
        fields: ClassVar[list[str]] = ["member", "kind", "on", "contact", "said", "mood"]
        widgets: ClassVar[dict[str, Any]] = {"kind": forms.RadioSelect, "on": forms.DateInput}
        help_texts: ClassVar[dict[str, Any]] = {
            "on": gettext_lazy("A day that lies ahead plans the contact."),
            "mood": gettext_lazy("Who is displeased or cannot be reached is listed among the members at risk."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_people(self["member"].value())
        if not self.instance._state.adding:
            del self.fields["next_on"]

    def _offer_people(self, member: Any) -> None:
        """Those of the member; nobody while it is not known."""
        if member and is_uuid(str(member)):
            self.fields["contact"].queryset = Contact.objects.filter(member=member)  # type: ignore[attr-defined]
        else:
            del self.fields["contact"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        is_ahead = bool(said.get("on")) and said["on"] > localdate()
        is_kept = not self.instance._state.adding
        is_planned = is_kept and self.instance.status == Touch.Status.PLANNED
        if (is_ahead or is_planned) and said.get("mood"):
            self.add_error("mood", _("What lies ahead has no outcome yet."))
        if is_ahead and is_kept and self.instance.status == Touch.Status.MADE:
            self.add_error("on", _("What took place cannot lie ahead."))
        if said.get("next_on") and said["next_on"] <= max(localdate(), said.get("on") or localdate()):
            self.add_error("next_on", _("Choose a later day."))
        return said

    def save(self, commit: bool = True) -> Touch:
        touch: Touch = super().save(commit=False)
        if not touch._state.adding:
            touch.save()
            return touch
        touch.note()
        if next_on := self.cleaned_data.get("next_on"):
            Touch(member=touch.member, contact=touch.contact, kind=touch.kind, on=next_on, said=touch.said).note()
        return touch


class MadeForm(forms.Form):
    """What came of a planned contact."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput, initial=localdate)
    said = forms.CharField(label=gettext_lazy("What about"), widget=forms.Textarea, max_length=2000, required=False)
    mood = forms.ChoiceField(
        label=gettext_lazy("How the member felt"), choices=[("", "—"), *Touch.Mood.choices], required=False
    )

    def clean_on(self) -> datetime.date:
        on: datetime.date = self.cleaned_data["on"]
        if on > localdate():
            raise ValidationError(_("What took place cannot lie ahead."))
        return on
