"""What a second reader says of a need or an offer of another chamber."""

from typing import Any

from django.utils.translation import gettext as _

from federation.matching.handlers.reading import key_of, refusing_wrong_states, words_of
from federation.matching.models import ProfileReview
from federation.registry.items import Item
from federation.registry.queries import sender
from huiguan.inbox.handlers import Delivered, Refused, receives


@receives("exchange.profile_reviewed")
def receive_review(message: Delivered) -> None:
    """Approved, others find it; returned, its chamber reads the remarks and publishes a new version."""
    sender(message, Item.MATCHING)
    mine = ProfileReview.objects.of(message.federation_id).filter(reviewer_id=message.chamber_id)
    review: Any = mine.filter(pk=key_of(message, "review_id")).select_related("profile").first()
    if review is None:
        raise Refused(_("There is nothing of this for you to read."))
    remarks = [code for code in message.content.get("remarks") or [] if code in ProfileReview.Remark.values]
    with refusing_wrong_states():
        if message.content.get("verdict") == "approve":
            review.approve(note=words_of(message))
            review.profile.pass_review()
        elif remarks:
            review.send_back(remarks=remarks, note=words_of(message))
            review.profile.fail_review()
        else:
            raise Refused(_("Say what is to be changed."))
