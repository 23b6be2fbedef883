"""A dispute over what was agreed: raised by one side, mediated when both ask, settled or not."""

from typing import Any

from django.utils.translation import gettext as _

from federation.matching.handlers.reading import interest_of, key_of, refusing_wrong_states, save_once, words_of
from federation.matching.models import Dispute, ExpressionOfInterest
from federation.registry.items import Item
from federation.registry.queries import sender
from huiguan.inbox.handlers import Delivered, Refused, receives


@receives("exchange.dispute_raised")
def raise_dispute(message: Delivered) -> None:
    """With or without the wish for mediation."""
    interest = interest_of(message)
    is_mine = interest.from_chamber_id == message.chamber_id
    dispute = Dispute(federation_id=interest.federation_id, interest=interest, raised_by_id=message.chamber_id)
    dispute.raised_by_name = interest.from_name if is_mine else interest.to_name
    dispute.raised_at, dispute.about = message.sent_at, words_of(message)
    dispute.asked_by = [message.chamber_id] if message.content.get("mediation") is True else []
    if not dispute.about:
        raise Refused(_("Say what it is about."))
    with refusing_wrong_states():
        interest.dispute()
    save_once(dispute)


@receives("exchange.mediation_asked")
def ask_for_mediation(message: Delivered) -> None:
    """The second side to ask hands it to the coordinator."""
    dispute = _lasting(interest_of(message))
    with refusing_wrong_states():
        dispute.ask_for_mediation(by=message.chamber_id)
        if len(dispute.asked_by) == 2:
            dispute.hand_to_coordinator()


@receives("exchange.dispute_settled")
def settle_dispute(message: Delivered) -> None:
    """Only who raised it can say that nothing is disputed any more."""
    interest = interest_of(message)
    dispute = _lasting(interest)
    if dispute.raised_by_id != message.chamber_id:
        raise Refused(_("The side that raised the dispute says when it is settled."))
    with refusing_wrong_states():
        dispute.settle(ending=words_of(message))
        interest.settle()


@receives("exchange.mediation_reported")
def receive_mediation(message: Delivered) -> None:
    """The mediator's report; the sides confirm what came of it, or it ends without."""
    sender(message, Item.MATCHING)
    found = Dispute.objects.of(message.federation_id).filter(mediator_id=message.chamber_id)
    dispute: Any = found.filter(pk=key_of(message, "dispute_id")).select_related("interest").first()
    if dispute is None:
        raise Refused(_("There is no such mediation."))
    with refusing_wrong_states():
        if message.content.get("result") == "settled":
            dispute.settle(ending=words_of(message))
            dispute.interest.settle()
        else:
            dispute.give_up(ending=words_of(message))
            dispute.interest.break_off()


def _lasting(interest: ExpressionOfInterest) -> Any:
    found = interest.disputes.lasting().first()
    if found is None:
        raise Refused(_("Nothing is disputed."))
    return found
