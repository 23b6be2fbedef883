"""Recording a visit on a phone: what was found, what is difficult, what is needed, pictures. [001 手勤]"""

import datetime
import uuid
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiguan.actors import current_actor
from huiguan.files.forms import UploadField, UploadInput, UploadsField
from huiguan.followups.telling import possible_owners
from tenants.visits.actions import PHOTO, Heard
from tenants.visits.forms.fields import VisitorsField, may_be_visited, offer_people
from tenants.visits.forms.plans import not_ahead
from tenants.visits.models import Visit
from tenants.visits.models.heard import TITLE

ROWS = 3  # difficulties and needs that one page takes; more are added afterwards
DUE_DAYS = 14


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]
    """The visit itself; a visit that nobody had planned says whom it was to."""

    visitors = VisitorsField()
    photo = UploadField(
        purpose=PHOTO,
        label=_("Take a picture"),
        required=False,
        widget=UploadInput(attrs={"capture": "environment"}),
    )
    photos = UploadsField(purpose=PHOTO, label=_("Pictures of the gallery"), required=False)

    class Meta:
        model = Visit
        fields = ["member", "on", "contact", "companions", "mood", "found"]
        widgets = {"on": forms.DateInput, "mood": forms.RadioSelect, "found": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"found": _("How the firm is doing, what is new there, what struck you.")}

    field_order = ("member", "on", "contact", "visitors", "companions", "found", "mood", "photo", "photos")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visit, me = self.instance, self.fields["visitors"].offer()  # type: ignore[attr-defined]
        self.initial["visitors"] = [str(key) for key in visit.visitor_ids] or me
        if visit.status == Visit.Status.PLANNED:
            self.initial["on"] = min(visit.on or localdate(), localdate())
        if visit._state.adding:
            self.fields["member"].queryset = may_be_visited()  # type: ignore[attr-defined]
        else:
            del self.fields["member"]
        self.fields["mood"].choices = Visit.Mood.choices  # type: ignore[attr-defined]
        offer_people(self, self["member"].value() if visit._state.adding else visit.member_id)

    def clean_on(self) -> datetime.date:
        return not_ahead(self.cleaned_data["on"])

    def said(self) -> dict[str, Any]:
        names = ("on", "found", "mood", "contact", "companions")
        return {name: self.cleaned_data.get(name) for name in names}

    def pictures(self) -> list[Any]:
        return [*filter(None, [self.cleaned_data.get("photo")]), *self.cleaned_data.get("photos", [])]

    def _post_clean(self) -> None:
        """The record changes by its moves alone: what was written is not put into it here."""


class Row(forms.Form):
    """A row whose first field is empty says nothing."""

    told_by = ""

    def has_changed(self) -> bool:
        return bool(str(self[self.told_by].value() or "").strip())


class DifficultyRow(Row):
    """A difficulty, who looks after it, until when."""

    told_by = "text"
    text = forms.CharField(
        label=_("Difficulty"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner = forms.TypedChoiceField(label=_("Who looks after it"), coerce=uuid.UUID, required=False, empty_value=None)
    due_on = forms.DateField(label=_("Until"), widget=forms.DateInput, required=False)

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners  # type: ignore[attr-defined]
        self.initial.setdefault("owner", str(current_actor().person_id))
        self.initial.setdefault("due_on", localdate() + datetime.timedelta(days=DUE_DAYS))

    def clean(self) -> dict[str, Any]:
        """Whatever is difficult has somebody who looks after it, and a day."""
        said = super().clean() or {}
        for name in ("owner", "due_on"):
            if not said.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return said

    def heard(self) -> Heard:
        said = self.cleaned_data
        return Heard(said["text"], said["owner"], said["due_on"])


class NeedRow(Row):
    """A need, in words that can be taken over into the exchange."""

    told_by = "title"
    title = forms.CharField(label=_("What is needed"), max_length=TITLE, required=False)
    text = forms.CharField(
        label=_("More about it"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


DifficultyRows = forms.formset_factory(DifficultyRow, extra=ROWS, max_num=ROWS)
NeedRows = forms.formset_factory(NeedRow, extra=ROWS, max_num=ROWS)


class Recording:
    """The three parts of the page, valid together."""

    def __init__(self, visit: Visit, data: Any = None, files: Any = None, initial: Any = None) -> None:
        owners = [(str(person.person_id), person.name) for person in possible_owners()]
        self.visit = visit
        self.form = RecordForm(data, files, instance=visit, initial=initial)
        self.difficulties = DifficultyRows(data, prefix="difficulties", form_kwargs={"owners": owners})
        self.needs = NeedRows(data, prefix="needs")

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.difficulties.is_valid(), self.needs.is_valid()])

    def heard(self) -> list[Heard]:
        return [row.heard() for row in self.difficulties if row.has_changed()]

    def wanted(self) -> list[dict[str, str]]:
        return [row.cleaned_data for row in self.needs if row.has_changed()]
