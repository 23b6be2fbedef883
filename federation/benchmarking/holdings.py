"""What benchmarking holds about chambers, and what of it the federation makes itself."""

from federation.benchmarking.models import (
    OutsideCell,
    Pairing,
    Place,
    Practice,
    Release,
    ReleaseCell,
    RosterEntry,
    Submission,
    Suggestion,
)
from federation.registry.holding import hold, of_the_federation

hold(Practice, "chamber_id")
hold(
    Pairing,
    "mentee_id",
    "mentor_id",
    made={
        **dict.fromkeys(("mentee_name", "mentor_name", "declined_by"), "who asks, who is asked, who declined"),
        "status": "how far it is",
        **dict.fromkeys(("proposed_on", "agreed_on", "closed_on"), "the day on which it came so far"),
    },
)
hold(
    Submission,
    "chamber_id",
    login="owner",
    made={"message_id": "the row's own", "is_withdrawn": "that the message takes the figure back"},
)
hold(
    Place,
    "chamber_id",
    federation="release__federation_id",
    made=dict.fromkeys(("code", "quartile", "is_counted"), "what the release says to the chamber alone (D9)"),
)
hold(
    RosterEntry,
    "chamber_id",
    made=dict.fromkeys(("year", "code", "facets"), "who is compared in a year, and in which cohorts (D8)"),
)
of_the_federation(Release, "frozen totals under federation.md B.3")
of_the_federation(ReleaseCell, "frozen totals under federation.md B.3")
of_the_federation(OutsideCell, "frozen totals with noise (D13)")
of_the_federation(Suggestion, "topics of at least five chambers, without names or numbers (B.5)")
