"""What the coordinator fills in. A form is made for one session, whose chambers and agenda it offers."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from federation.liaison.members import members
from federation.liaison.models import Session
from huiguan.workdays import add_working_days

POLL_DATES = 5
HAND_OVER_DAYS = 10  # working days
LONGEST_THING = 100
HANDED_OVER = (
    _("delegates and how to reach them"),
    _("suppliers and prices: room, meals, cars"),
    _("what it cost, item by item"),
    _("templates: notice, agenda, name plates, order of guests"),
    _("what we would do differently"),
)


class SessionForm(forms.Form):
    """Knows its session."""

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        for name, fill in (("chamber_id", _chambers), ("item_id", _agenda)):
            field = self.fields.get(name)
            if isinstance(field, forms.TypedChoiceField):
                field.choices = fill(session)


def _chambers(session: Session) -> list[tuple[Any, str]]:
    """Those on the roll; before the notice, those that take part."""
    roll = list(session.roll.values_list("chamber_id", "chamber_name"))
    return [("", "—"), *(roll or [(m.chamber_id, m.chamber_name) for m in members(session.federation_id)])]


def _agenda(session: Session) -> list[tuple[Any, str]]:
    return [("", "—"), *((item.pk, item.title) for item in session.agenda.all())]


def _key(**kwargs: Any) -> forms.TypedChoiceField:
    import uuid

    return forms.TypedChoiceField(coerce=uuid.UUID, empty_value=None, **kwargs)


class PlaceForm(SessionForm):
    """When and where."""

    starts_at = forms.DateTimeField(label=_("Begins"), widget=forms.DateTimeInput)
    place = forms.CharField(label=_("Meeting place"), max_length=200)
    link = forms.URLField(label=_("Link for those who join online"), required=False, assume_scheme="https")


class PollForm(SessionForm):
    """Up to five dates; two are enough."""

    answer_by = forms.DateField(label=_("Answers about dates by"), widget=forms.DateInput)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, session=session, **kwargs)
        for n in range(1, POLL_DATES + 1):
            label = _("Date {n}").format(n=n)
            self.fields[f"date_{n}"] = forms.DateTimeField(label=label, widget=forms.DateTimeInput, required=n <= 2)
        self.order_fields([*(f"date_{n}" for n in range(1, POLL_DATES + 1)), "answer_by"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        times = [said[f"date_{n}"] for n in range(1, POLL_DATES + 1) if said.get(f"date_{n}")]
        return {"times": times, "answer_by": said.get("answer_by")}


class ReasonForm(SessionForm):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The chambers read it."))


class ChamberForm(SessionForm):
    """One chamber, by a button."""

    chamber_id = _key(label=_("Chamber"))


class AgendaItemForm(SessionForm):
    title = forms.CharField(label=_("Title"), max_length=120)
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=5, max_value=480, initial=20)
    chamber_id = _key(label=_("Speaker"), required=False)


class TopicForm(SessionForm):
    topic_id = forms.UUIDField()
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=5, max_value=480, initial=30, required=False)

    def clean_minutes(self) -> int:
        return self.cleaned_data["minutes"] or 30


class ItemForm(SessionForm):
    """One agenda item, by a button."""

    item_id = forms.UUIDField()


class StatementForm(SessionForm):
    chamber_id = _key(label=_("Chamber"))
    speaker = forms.CharField(label=_("Speaker"), max_length=60, required=False)
    item_id = _key(label=_("Agenda item"), required=False)
    text = forms.CharField(label=_("Statement"), max_length=3000, widget=forms.Textarea)
    filed_as = forms.ChoiceField(
        label=_("File it as"),
        required=False,
        choices=[
            ("", _("Said only")),
            ("problem", _("A problem that is met")),
            ("practice", _("A practice worth copying")),
        ],
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        filed = said.pop("filed_as", "")
        return {**said, "is_practice": filed == "practice", "is_problem": filed == "problem"}


class DecisionForm(SessionForm):
    text = forms.CharField(label=_("Decision"), max_length=1000, widget=forms.Textarea)
    item_id = _key(label=_("Agenda item"), required=False)
    votes_for = forms.IntegerField(
        label=_("Chambers for"),
        min_value=0,
        max_value=200,
        required=False,
        help_text=_("Leave empty when it was by consensus."),
    )
    votes_against = forms.IntegerField(label=_("Chambers against"), min_value=0, max_value=200, required=False)

    def clean_votes_against(self) -> int:
        return self.cleaned_data["votes_against"] or 0


class ActionForm(SessionForm):
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    chamber_id = _key(label=_("Chamber"))
    person = forms.CharField(label=_("Person in charge"), max_length=60, required=False)
    due_on = forms.DateField(label=_("Due"), widget=forms.DateInput)
    item_id = _key(label=_("Agenda item"), required=False)


class MinutesForm(SessionForm):
    text = forms.CharField(label=_("Minutes"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 24}))

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, session=session, **kwargs)
        self.fields["text"].initial = session.minutes.text


class PaperForm(SessionForm):
    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("Text"), max_length=20_000, widget=forms.Textarea, required=False)
    link = forms.URLField(label=_("Link"), required=False, assume_scheme="https")


class PaperKeyForm(SessionForm):
    """One paper, by a button."""

    paper_id = forms.UUIDField()


class HandOverForm(SessionForm):
    """One thing on each line; what every host needs stands there already."""

    things = forms.CharField(
        label=_("What is handed over"), max_length=3000, widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("One thing on each line."),
    )  # fmt: skip
    due_on = forms.DateField(label=_("Due"), widget=forms.DateInput)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, session=session, **kwargs)
        self.fields["things"].initial = "\n".join(map(str, HANDED_OVER))
        self.fields["due_on"].initial = add_working_days(localdate(), HAND_OVER_DAYS)

    def clean_things(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["things"].splitlines() if line.strip()]
        if any(len(line) > LONGEST_THING for line in lines):
            raise forms.ValidationError(_("Write at most {n} characters on a line.").format(n=LONGEST_THING))
        return lines


class ConveneForm(forms.Form):
    theme = forms.CharField(label=_("Theme"), max_length=120)
    question = forms.CharField(label=_("Question to discuss"), max_length=300, required=False)


FORMS: dict[str, type[SessionForm]] = {
    "schedule": PlaceForm,
    "open_poll": PollForm,
    "rearrange": PlaceForm,
    "postpone": ReasonForm,
    "cancel": ReasonForm,
    "propose_host": ChamberForm,
    "take_topic": TopicForm,
    "add_agenda_item": AgendaItemForm,
    "raise_agenda_item": ItemForm,
    "drop_agenda_item": ItemForm,
    "check_in": ChamberForm,
    "undo_check_in": ChamberForm,
    "note_statement": StatementForm,
    "record_decision": DecisionForm,
    "assign_action": ActionForm,
    "edit_minutes": MinutesForm,
    "take_up": ItemForm,
    "give_floor": ChamberForm,
    "hand_over": HandOverForm,
    "add_paper": PaperForm,
    "drop_paper": PaperKeyForm,
}
