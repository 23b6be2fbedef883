"""Planning a visit, or many; putting them off; cancelling them."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tenants.visits.forms.fields import VisitorsField, may_be_visited, offer_people
from tenants.visits.models import Visit
from tenants.visits.visitors import names_of

MOST_A_DAY = 30


class DayForm(forms.Form):
    """Another day."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput)

    def clean_on(self) -> datetime.date:
        return not_past(self.cleaned_data["on"])


class CancelForm(forms.Form):
    """Nobody cancels without saying why."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class PostponeForm(DayForm, CancelForm):
    """To another day, and why."""

    field_order = ("on", "reason")


class VisitForm(forms.ModelForm):  # type: ignore[type-arg]
    """One planned visit. What was found on it is written on its own page."""

    visitors = VisitorsField()

    class Meta:
        model = Visit
        fields: ClassVar[list[str]] = ["member", "on", "at", "contact", "companions", "purpose", "place"]
        widgets: ClassVar[dict[str, Any]] = {
            "on": forms.DateInput,
            "at": forms.TimeInput,
            "purpose": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "companions": _("Who is not of the secretariat: the president, council members, guests."),
            "place": _("Empty: at the member's address."),
        }

    field_order = ("member", "on", "at", "contact", "visitors", "companions", "purpose", "place")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visit, me = self.instance, self.fields["visitors"].offer()  # type: ignore[attr-defined]
        is_new = visit._state.adding
        self.initial["visitors"] = me if is_new else [str(key) for key in visit.visitor_ids]
        if is_new:
            self.fields["member"].queryset = may_be_visited()  # type: ignore[attr-defined]
        else:
            del self.fields["member"]
        offer_people(self, self["member"].value() if is_new else visit.member_id)

    def clean_on(self) -> datetime.date:
        on: datetime.date = self.cleaned_data["on"]
        if self.instance.status == Visit.Status.MADE:
            return not_ahead(on)
        return on if on == self.instance.on else not_past(on)

    def save(self, commit: bool = True) -> Visit:
        visit: Visit = super().save(commit=False)
        visit.visitor_ids = self.cleaned_data["visitors"]
        visit.visitors = names_of(visit.visitor_ids)
        visit.save()
        return visit


class PlanForm(forms.Form):
    """Visits to all the chosen members."""

    on = forms.DateField(label=_("First day"), widget=forms.DateInput)
    per_day = forms.IntegerField(
        label=_("Visits a day"),
        required=False,
        min_value=1,
        max_value=MOST_A_DAY,
        help_text=_("They go on over the following working days, district by district. Empty: all on one day."),
    )
    visitors = VisitorsField()
    companions = forms.CharField(
        label=_("Who comes along"),
        max_length=100,
        required=False,
        help_text=_("Who is not of the secretariat: the president, council members, guests."),
    )
    purpose = forms.CharField(
        label=_("What for"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("visitors", self.fields["visitors"].offer())  # type: ignore[attr-defined]
        self.initial.setdefault("on", localdate() + datetime.timedelta(days=1))

    def clean_on(self) -> datetime.date:
        return not_past(self.cleaned_data["on"])


def not_past(on: datetime.date) -> datetime.date:
    if on < localdate():
        raise ValidationError(_now("Choose today or a day to come."))
    return on


def not_ahead(on: datetime.date) -> datetime.date:
    if on > localdate():
        raise ValidationError(_now("A visit that lies ahead has not taken place yet."))
    return on
