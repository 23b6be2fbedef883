"""What matching holds about chambers, and what of it the federation makes itself."""

from federation.matching.models import (
    Agreement,
    AllocationItem,
    AllocationRun,
    ContactDisclosure,
    Dispute,
    ExpressionOfInterest,
    MatchingRules,
    MatchSuggestion,
    Outcome,
    Profile,
    ProfileReview,
    ProfileTerm,
)
from federation.registry.holding import hold, of_the_federation

SIDES = ("interest__from_chamber_id", "interest__to_chamber_id")
INTEREST = "interest__federation_id"
COMPUTED = "computed from what is published; the evidence of a suggestion"

hold(
    Profile,
    "chamber_id",
    made={
        "ref_no": "the federation's number",
        "status": "published, or how it ended",
        "regions": "as said; the whole country when nothing is said",
        "expires_on": "as said; half a year when nothing is said, a year at most",
        "is_named": "the contrary of `anonymous` in the message",
        "slots": "as said; once when nothing is said",
        "version": "as said; the first when nothing is said",
    },
)
hold(
    ExpressionOfInterest,
    "from_chamber_id",
    "to_chamber_id",
    made={
        "status": "how far the two sides are",
        "answer_by": "the federation's deadline",
        "ask_on": "when the federation asks again",
        "answered_at": "when the first answer arrived",
        "ended_at": "when it ended",
        "ended_by_id": "which side ended it",
        "notice": "the words of who stepped back, or the federation's sentence that it ended",
        "reason": "the code that was said; “another reason” for one that is not known",
        "no_deal_reason": "the code that was said; “another reason” for one that is not known",
    },
)
hold(Agreement, *SIDES, federation=INTEREST, made={"reported_by_id": "which side reported it"})
hold(Outcome, *SIDES, "chamber_id", federation=INTEREST)
hold(ContactDisclosure, "chamber_id", federation=INTEREST)
hold(
    Dispute,
    *SIDES,
    "mediator_id",
    made={
        "status": "how far it is",
        "raised_by_id": "which side raised it",
        "asked_by": "which sides ask for mediation",
        "ending": "the words of who settled it, or the federation's sentence that a side is gone",
    },
)
hold(
    ProfileReview,
    "reviewer_id",
    made={
        "version": "of what is read",
        "due_on": "the federation's deadline",
        "decided_at": "when the answer arrived",
        "status": "read, returned, or still to be read",
    },
)
COUNTED = ("need_version", "offer_version", "algorithm_version", "rank", "score", "parts", "matched")
EVIDENCE = dict.fromkeys((*COUNTED, "constraint_report", "shown_at"), COMPUTED)
hold(MatchSuggestion, "need__chamber_id", "offer__chamber_id", made=EVIDENCE)
hold(
    ProfileTerm,
    "profile__chamber_id",
    federation="profile__federation_id",
    made=dict.fromkeys(("way", "term", "weight"), "the words of what is published, taken apart for the search"),
)
hold(
    AllocationItem,
    "need__chamber_id",
    "offer__chamber_id",
    made=dict.fromkeys(("need_version", "offer_version", "score", "outcome", "by_score"), COMPUTED),
)
of_the_federation(AllocationRun, "a computed distribution, which names the chambers that ask and how much they got")
of_the_federation(MatchingRules, "the coordinator's rules")
