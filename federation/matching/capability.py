"""The matching on a federation's host: what is published, what was suggested, what became of it. Never a contact."""

import uuid
from typing import cast

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from federation.matching import waiting
from federation.matching.models import (
    AllocationItem,
    AllocationRun,
    Dispute,
    ExpressionOfInterest,
    MatchSuggestion,
    Profile,
    ProfileReview,
)
from federation.matching.models.states import WITH_AGREEMENT
from huiguan.actors import current_actor
from huiguan.capability import Capability, Figure, Page, Permission, Place, Resource, Source, register
from huiguan.roles import COORDINATORS

Number = tuple[float | None, float | None]


def open_needs() -> Number:
    return float(_open(Profile.Kind.NEED)), None


def open_offers() -> Number:
    return float(_open(Profile.Kind.OFFER)), None


def agreements() -> Number:
    """Introductions that led to an agreement, confirmed or not yet."""
    reached = ExpressionOfInterest.objects.filter(status__in=WITH_AGREEMENT)
    return float(reached.filter(federation_id=_here()).count()), None


def _open(kind: str) -> int:
    return int(Profile.objects.of(_here()).open(on=localdate()).filter(kind=kind).count())


def _here() -> uuid.UUID:
    return cast(uuid.UUID, current_actor().federation_id)  # a federation's host always has one


register(
    Capability(
        name="matching",
        label=_("Matching"),
        icon="arrows-exchange",
        order=40,
        place=Place.FEDERATION,
        resources=[
            Resource(
                Profile,
                list_fields=["title", "kind", "category_label", "publisher", "ends_on", "status"],
                detail_fields=[
                    "ref_no", "kind", "title", "text", "category_label", "publisher", "amount", "price",
                    "starts_on", "ends_on", "expires_on", "version",
                ],
                search_fields=["title", "text", "ref_no"],
                filter_fields=["kind", "status"],
                empty=_("Needs and offers appear here as chambers publish them."),
            ),
            Resource(
                ExpressionOfInterest,
                list_fields=["need", "offer", "from_name", "to_name", "sent_at", "status"],
                detail_fields=[
                    "need", "offer", "from_name", "to_name", "sent_at", "answer_by", "answered_at", "reason",
                    "met_on", "agreement", "delivered_on", "no_deal_reason", "ask_on",
                ],
                search_fields=["need__title", "offer__title", "from_name", "to_name"],
                filter_fields=["status"],
                empty=_("Introductions appear here once chambers show interest in each other."),
            ),
            Resource(
                Dispute,
                list_fields=["interest", "raised_by_name", "raised_at", "mediator_name", "status"],
                detail_fields=["interest", "raised_by_name", "raised_at", "about", "mediator_name", "ending"],
                prefetch=["interest__need", "interest__offer"],
                search_fields=["interest__need__title", "interest__offer__title", "raised_by_name"],
                filter_fields=["status"],
                empty=_("A dispute over an agreement appears here; you name a mediator when both sides ask for one."),
            ),
            Resource(
                ProfileReview,
                list_fields=["profile", "version", "reviewer_name", "due_on", "status"],
                detail_fields=["profile", "version", "reviewer_name", "due_on", "remark_labels", "note", "decided_at"],
                search_fields=["profile__title", "reviewer_name"],
                filter_fields=["status"],
                in_navigation=False,
                empty=_("Where the rules want a second chamber to read first, its readings stand here."),
            ),
            Resource(
                AllocationRun,
                list_fields=["__str__", "read_at", "needs", "offers", "times", "given", "share_of_best"],
                detail_fields=[
                    "read_at", "needs", "offers", "times", "given", "share_of_best", "evenness", "is_raised",
                    "algorithm_version", "input_hash",
                ],
                search_fields=["number"],
                related=["items"],
                empty=_(
                    "When more needs ask for an offer than can have it, it is distributed each night so that no "
                    "chamber goes away with nothing. What each got, and why, stands here."
                ),
            ),
            Resource(
                AllocationItem,
                list_fields=["offer", "need", "points", "outcome"],
                detail_fields=["run", "offer", "need", "points", "outcome", "by_score"],
                search_fields=["offer__title", "need__title"],
                filters="federation.matching.filters.AllocationItemFilters",
                in_navigation=False,
                empty=_("Each need that asked for a scarce offer stands here, with what became of it."),
            ),
            Resource(
                MatchSuggestion,
                list_fields=["need", "offer", "rank", "score", "algorithm_version", "shown_at"],
                detail_fields=["need", "offer", "rank", "score", "algorithm_version", "shown_at"],
                search_fields=["need__title", "offer__title"],
                in_navigation=False,
                empty=_("Every suggestion that a chamber was shown is kept here."),
            ),
        ],
        pages=[
            Page(_("Statistics"), "matching-statistics"),
            Page(_("Rules of the matching"), "matching-rules", permission="matching.change"),
        ],
        permissions=[
            Permission("matching.view", _("See what is published and what became of it"), COORDINATORS),
            Permission("matching.change", _("Set the rules of the matching"), COORDINATORS),
            Permission("matching.distribute", _("Distribute scarce offers"), COORDINATORS),
            Permission("matching.mediate", _("Name mediators"), COORDINATORS),
        ],
        sources=[Source(_("Matching"), waiting.items, permission="matching.mediate")],
        figures=[
            Figure(_("Open needs"), open_needs, url="matching-profile-list", icon="zoom-question"),
            Figure(_("Open offers"), open_offers, url="matching-profile-list", icon="gift"),
            Figure(_("Agreements"), agreements, url="matching-expressionofinterest-list", icon="heart-handshake"),
        ],
    )
)  # fmt: skip
