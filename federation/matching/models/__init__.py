"""The federation's tables of the matching: what was published, what was suggested, the introductions and their ends."""

from federation.matching.models.agreements import Agreement, Outcome, ValueBand
from federation.matching.models.allocations import GIVEN, AllocationItem, AllocationRun
from federation.matching.models.contacts import ContactDisclosure
from federation.matching.models.disputes import Dispute
from federation.matching.models.interests import ExpressionOfInterest
from federation.matching.models.profiles import Profile
from federation.matching.models.reviews import ProfileReview
from federation.matching.models.rules import MatchingRules
from federation.matching.models.suggestions import MatchSuggestion
from federation.matching.models.terms import ProfileTerm

__all__ = [
    "GIVEN",
    "Agreement",
    "AllocationItem",
    "AllocationRun",
    "ContactDisclosure",
    "Dispute",
    "ExpressionOfInterest",
    "MatchSuggestion",
    "MatchingRules",
    "Outcome",
    "Profile",
    "ProfileReview",
    "ProfileTerm",
    "ValueBand",
]
