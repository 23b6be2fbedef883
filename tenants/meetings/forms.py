"""What the secretariat fills in about a liaison meeting."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from federation.liaison.seen import SeenMeeting, SeenSeries, SeenSession
from huiguan.kit.formats import moment
from tenants.meetings.models import Delegate

WORDS = [("yes", _("Can come")), ("maybe", _("If need be")), ("no", _("Cannot come"))]


class HostingForm(forms.Form):
    """The answer is the button that was pressed."""

    accepts = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda value: value == "yes")
    note = forms.CharField(label=_("A few words"), max_length=300, required=False)


class DatesForm(forms.Form):
    """One question for each date of the poll."""

    def __init__(self, *args: Any, session: SeenSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for date in session.dates:
            self.fields[str(date.id)] = forms.ChoiceField(
                label=moment(date.starts_at),
                choices=WORDS,
                widget=forms.RadioSelect,
                initial=date.ours or None,
                help_text=_("{able} can come, {unable} cannot").format(able=date.able, unable=date.unable),
            )


class SwapForm(forms.Form):
    """Which chamber is asked, in the order of the queue."""

    taker_id = forms.TypedChoiceField(label=_("Chamber"), coerce=uuid.UUID)
    why = forms.CharField(label=_("A few words"), max_length=300, required=False)

    def __init__(self, *args: Any, meeting: SeenMeeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["taker_id"]
        choices.choices = [("", ""), *((taker.id, taker.name) for taker in meeting.takers)]


class AttendanceForm(forms.Form):
    coming = forms.TypedChoiceField(
        label=_("Will the chamber come?"),
        choices=[("yes", _("We are coming")), ("no", _("We cannot come"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        initial="yes",
    )
    head = forms.CharField(label=_("Head of the delegation"), max_length=40, required=False)
    people = forms.IntegerField(label=_("Number of people"), min_value=1, max_value=99, required=False)
    is_online = forms.BooleanField(label=_("We join online"), required=False)
    note = forms.CharField(label=_("A few words"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Who comes is said with whom."""
        said = super().clean() or {}
        if said.get("coming"):
            for name in ("head", "people"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("Say who comes and how many."))
        return said


class DelegateForm(forms.Form):
    """Whose calendar is kept right when an address is given."""

    name = forms.CharField(label=_("Name"), max_length=40)
    role = forms.ChoiceField(label=_("Role"), choices=Delegate.Role.choices, initial=Delegate.Role.MEMBER)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("With an address the invitation comes into the calendar.")
    )


class AmendmentForm(forms.Form):
    text = forms.CharField(
        label=_("What should read differently"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class TopicForm(forms.Form):
    series = forms.ChoiceField(label=_("Series"))
    title = forms.CharField(label=_("Topic"), max_length=120)
    detail = forms.CharField(
        label=_("Why it matters"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, known: list[SeenSeries], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(series.id): series for series in known}
        choices: Any = self.fields["series"]
        choices.choices = [(key, f"{s.name}（{s.federation}）") for key, s in self.known.items()]
        if len(self.known) == 1:
            choices.initial, choices.widget = next(iter(self.known)), forms.HiddenInput()

    def clean_series(self) -> SeenSeries:
        return self.known[self.cleaned_data["series"]]


class ReportForm(forms.Form):
    evidence = forms.CharField(
        label=_("What shows that it is done"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The coordinator reads it."),
    )
    remark = forms.CharField(
        label=_("Notes that stay here"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
