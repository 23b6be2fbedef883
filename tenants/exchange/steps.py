"""What one side of an introduction can do next, with the words that are asked and what leaves."""

from collections.abc import Callable
from typing import NamedTuple

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from federation.matching.introductions import Introduction
from federation.matching.models.states import TALKING, Status
from tenants.exchange import actions, progress
from tenants.exchange.forms import (
    AcceptForm,
    AgreementForm,
    ContactForm,
    DeclineForm,
    DeliveryForm,
    DisputeForm,
    MeetingForm,
    NoDealForm,
    OutcomeForm,
    QuestionForm,
    WordsForm,
)


class Step(NamedTuple):
    """What one side can do next; `leaves` says what goes to the other side."""

    label: Promise
    form: type[forms.Form]
    work: Callable[..., None]
    done: Promise
    leaves: Promise
    danger: bool = False


STEPS = {
    "acceptance": Step(
        _("Accept"),
        AcceptForm,
        actions.accept,
        _("Accepted. Both contacts appear as soon as the other side gives its own."),
        _("Your answer; and this contact, which the other side sees only after giving its own."),
    ),
    "refusal": Step(
        _("Decline"),
        DeclineForm,
        actions.decline,
        _("Declined."),
        _("The reason and your message; no contact."),
        danger=True,
    ),
    "question": Step(
        _("Ask for more"),
        QuestionForm,
        actions.ask_more,
        _("Your question is on its way."),
        _("Your message; no contact."),
    ),
    "reply": Step(
        _("Tell more"), QuestionForm, actions.tell_more, _("Your reply is on its way."), _("Your message; no contact.")
    ),
    "contact": Step(
        _("Agree and give our contact"),
        ContactForm,
        actions.give_contact,
        _("Given. Both contacts appear in a moment."),
        _("This contact, for this introduction only."),
    ),
    "withdrawal": Step(
        _("Step back"),
        WordsForm,
        actions.step_back,
        _("You have stepped back."),
        _("Your message; no contact."),
        danger=True,
    ),
    "meeting": Step(
        _("Note a meeting"),
        MeetingForm,
        progress.note_meeting,
        _("Noted. You are asked again in ten working days."),
        _("The day and your message; both sides read them."),
    ),
    "agreement": Step(
        _("Report an agreement"),
        AgreementForm,
        progress.report_agreement,
        _("The agreement was reported."),
        _("Kind, value as a band, and day; counted for both chambers."),
    ),
    "failure": Step(
        _("Report no agreement"),
        NoDealForm,
        progress.report_no_deal,
        _("It was reported that nothing came of it."),
        _("The reason and your message."),
        danger=True,
    ),
    "delivery": Step(
        _("Report the delivery"),
        DeliveryForm,
        progress.report_delivery,
        _("Reported. Both sides now confirm what came of it."),
        _("The day and your message."),
    ),
    "result": Step(
        _("Confirm the result"),
        OutcomeForm,
        progress.report_outcome,
        _("Confirmed. It is closed as soon as the other side has confirmed too."),
        _("The result, with its value as a band; it is counted for both chambers."),
    ),
    "dispute": Step(
        _("Report a dispute"),
        DisputeForm,
        progress.raise_dispute,
        _("The dispute was reported to the other side."),
        _("What it is about. The coordinator reads it, and a mediator once both sides ask for one."),
        danger=True,
    ),
    "mediation": Step(
        _("Ask for mediation"),
        forms.Form,
        progress.ask_for_mediation,
        _("Asked. Once both sides have, the coordinator names a chamber that is no party."),
        _("That you ask for mediation."),
    ),
    "settlement": Step(
        _("The dispute is settled"),
        WordsForm,
        progress.settle_dispute,
        _("Settled. Both sides confirm what came of it."),
        _("Your message."),
    ),
}


def open_steps(found: Introduction) -> list[str]:
    """What this side can do in the state the introduction is in."""
    match found.interest.status:
        case Status.SENT if found.is_incoming:
            return ["acceptance", "question", "refusal"]
        case Status.SENT:
            return ["withdrawal"]
        case Status.MORE_INFO:
            return ["acceptance", "refusal"] if found.is_incoming else ["reply", "withdrawal"]
        case Status.ACCEPTED:
            return ["withdrawal"] if found.has_given_contact else ["contact", "withdrawal"]
    return [] if found.was_ended_by_me else _later_steps(found)


def _later_steps(found: Introduction) -> list[str]:
    status = found.interest.status
    if status in TALKING:
        return ["meeting", "agreement", "failure"]
    if status == Status.AGREED:
        return ["delivery", "dispute"]
    if status == Status.DELIVERED:
        return ["result", "dispute"] if found.my_outcome is None else ["dispute"]
    return _steps_in_dispute(found) if status == Status.DISPUTED else []


def _steps_in_dispute(found: Introduction) -> list[str]:
    dispute = found.dispute
    if dispute is None or not dispute.is_lasting:
        return []
    may_ask = dispute.status == dispute.Status.OPEN and not dispute.is_asked_by(found.chamber_id)
    raised_it = dispute.raised_by_id == found.chamber_id
    return [name for name, is_open in (("mediation", may_ask), ("settlement", raised_it)) if is_open]
