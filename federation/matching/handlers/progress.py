"""From the contact to what both sides confirm: each side tells, the introduction moves."""

from typing import Any

from django.utils.translation import gettext as _

from federation.matching.handlers.reading import clean, day_of, interest_of, refusing_wrong_states, save_once, words_of
from federation.matching.models import Agreement, ExpressionOfInterest, Outcome
from huiguan.inbox.handlers import Delivered, Refused, receives


@receives("exchange.meeting_noted")
def receive_meeting(message: Delivered) -> None:
    """Also says that it goes on: nobody is asked again for some days."""
    interest = interest_of(message)
    with refusing_wrong_states():
        interest.note_meeting(met_on=day_of(message, "met_on"), note=words_of(message))


@receives("exchange.agreement_reported")
def receive_agreement(message: Delivered) -> None:
    interest, content = interest_of(message), message.content
    agreement = Agreement(interest=interest, reported_by_id=message.chamber_id, reported_at=message.sent_at)
    agreement.kind, agreement.value_band = str(content.get("kind")), str(content.get("value_band"))
    agreement.signed_on = day_of(message, "signed_on")
    clean(agreement)
    with refusing_wrong_states():
        interest.agree(signed_on=agreement.signed_on, note=words_of(message))
    save_once(agreement)


@receives("exchange.no_deal_reported")
def receive_no_deal(message: Delivered) -> None:
    interest, told = interest_of(message), str(message.content.get("reason", ""))
    reason = told if told in ExpressionOfInterest.NoDeal.values else ExpressionOfInterest.NoDeal.OTHER
    with refusing_wrong_states():
        interest.end_without_deal(reason=reason, note=words_of(message))


@receives("exchange.delivery_reported")
def receive_delivery(message: Delivered) -> None:
    interest = interest_of(message)
    with refusing_wrong_states():
        interest.deliver(on=day_of(message, "delivered_on"), note=words_of(message))


@receives("exchange.outcome_reported")
def receive_outcome(message: Delivered) -> None:
    """What one side says came of it. The second of the two confirms."""
    interest, content = interest_of(message), message.content
    if interest.status != ExpressionOfInterest.Status.DELIVERED:
        raise Refused(_("A result is confirmed after the delivery."))
    told: dict[str, Any] = {"success": content.get("success"), "jobs": content.get("jobs")}
    outcome = Outcome(interest=interest, chamber_id=message.chamber_id, reported_at=message.sent_at, **told)
    outcome.amount_band, outcome.note = str(content.get("amount_band")), words_of(message)
    clean(outcome)
    save_once(outcome)
    if interest.outcomes.count() == 2:
        interest.confirm()
