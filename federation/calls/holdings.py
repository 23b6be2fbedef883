"""What data calls hold about chambers, and what of it the federation makes itself."""

from federation.calls.models import AnswerFile, Call, Question, Receipt, ReportTemplate, Submission
from federation.registry.holding import hold, of_the_federation

hold(
    Receipt,
    "chamber_id",
    made={
        "status": "where the answer stands",
        "version": "how often it was signed",
        "reason": "the coordinator's words when it is sent back",
    },
)
hold(
    Submission,
    "receipt__chamber_id",
    federation="receipt__federation_id",
    made={"version": "how often it was signed", "withdrawn_at": "when the withdrawal arrived"},
)
hold(AnswerFile, "receipt__chamber_id")
of_the_federation(Call, "the coordinator's notice; totals of the answers, told under federation.md D4")
of_the_federation(Question, "the coordinator's form")
of_the_federation(ReportTemplate, "the authority's form")
