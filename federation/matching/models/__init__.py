"""The federation's tables of the matching: what was published, what was suggested, and the introductions."""

from federation.matching.models.contacts import ContactDisclosure
from federation.matching.models.interests import ExpressionOfInterest
from federation.matching.models.profiles import Profile
from federation.matching.models.suggestions import MatchSuggestion
from federation.matching.models.terms import ProfileTerm

__all__ = ["ContactDisclosure", "ExpressionOfInterest", "MatchSuggestion", "Profile", "ProfileTerm"]
