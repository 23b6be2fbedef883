"""What liaison meetings hold about chambers, and what of it the federation makes itself."""

from federation.liaison.models import (
    ActionItem,
    AgendaItem,
    Approval,
    Attendance,
    Decision,
    HostProposal,
    HostSwap,
    Minutes,
    Paper,
    PollAnswer,
    PollOption,
    Second,
    Series,
    Session,
    Speech,
    Statement,
    Topic,
)
from federation.registry.holding import hold, of_the_federation

SESSION = "session__federation_id"
AT_THE_MEETING = "taken down at the meeting, where all chambers hear it"
TIMED = {"minutes": "the agenda's time", "begun_at": AT_THE_MEETING, "ended_at": AT_THE_MEETING}
CONVENED = (
    "number", "theme", "question", "starts_at", "poll_until", "place", "link", "status", "sequence", "reason",
    "notice_sent_at", "held_at", "active_count", "present_count",
)  # fmt: skip

hold(Session, "host_id", "co_host_id", made=dict.fromkeys(CONVENED, "convened and led by the coordinator"))
hold(Topic, "chamber_id", made={"status": "open or dismissed", "answer": "the coordinator's words"})
hold(Second, "chamber_id", federation="topic__federation_id")
hold(
    Attendance,
    "chamber_id",
    federation=SESSION,
    made={
        "answer": "the code of what `coming` says in the message",
        "answered_at": "when the answer arrived",
        "checked_in_at": AT_THE_MEETING,
    },
)
hold(PollAnswer, "chamber_id", federation="option__session__federation_id")
hold(
    HostProposal,
    "chamber_id",
    federation=SESSION,
    made={
        "is_co_host": "what the coordinator asks",
        "state": "the code of what `accepts` says in the message",
        "figures": "the sessions counted by which the chamber was proposed",
        "answered_at": "when the answer arrived",
    },
)
hold(
    HostSwap,
    "asker_id",
    "taker_id",
    federation=SESSION,
    made={
        **dict.fromkeys(("asker_name", "taker_name"), "as the register names them"),
        "is_co_host": "whose turn it is",
        "state": "the code of what `accepts` says in the message",
        "note": "the words of who answered, or the federation's sentence that it ended",
        "answered_at": "when the answer arrived",
    },
)
hold(
    Approval,
    "chamber_id",
    federation=SESSION,
    made={
        "version": "of the minutes that are sent",
        "state": "approved, or an amendment asked for",
        "answered_at": "when the answer arrived",
    },
)
hold(
    ActionItem,
    "chamber_id",
    made={
        **dict.fromkeys(("title", "person", "due_on", "is_hand_over"), "agreed at the meeting"),
        "status": "how far it is",
        "answer": "the coordinator's words",
        "settled_at": "when the coordinator looked at it",
    },
)
hold(
    AgendaItem,
    "chamber_id",
    federation=SESSION,
    made={
        **dict.fromkeys(("kind", "position"), "the coordinator's agenda"),
        "title": "the coordinator's agenda; of a topic what its chamber proposed",
        **TIMED,
    },
)
hold(Speech, "chamber_id", federation=SESSION, made=TIMED)
hold(
    Statement,
    "chamber_id",
    federation=SESSION,
    made=dict.fromkeys(("speaker", "text", "is_practice", "is_problem"), AT_THE_MEETING),
)
of_the_federation(Series, "the federation's own")
of_the_federation(Paper, "the coordinator's papers")
of_the_federation(PollOption, "dates that the coordinator offers, or that a chamber proposed in its ledger")
of_the_federation(Minutes, "written by the coordinator, adopted by the chambers")
of_the_federation(Decision, "decided at the meeting")
