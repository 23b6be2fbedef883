"""The tables of liaison meetings."""

from federation.liaison.models.actions import ActionItem
from federation.liaison.models.agenda import AgendaItem
from federation.liaison.models.attendance import Attendance
from federation.liaison.models.floor import Speech
from federation.liaison.models.hosting import HostProposal
from federation.liaison.models.materials import Paper
from federation.liaison.models.minutes import Approval, Minutes
from federation.liaison.models.polling import PollAnswer, PollOption
from federation.liaison.models.proceedings import Decision, Statement
from federation.liaison.models.series import Series
from federation.liaison.models.sessions import Session
from federation.liaison.models.swapping import HostSwap
from federation.liaison.models.topics import Second, Topic

__all__ = [
    "ActionItem",
    "AgendaItem",
    "Approval",
    "Attendance",
    "Decision",
    "HostProposal",
    "HostSwap",
    "Minutes",
    "Paper",
    "PollAnswer",
    "PollOption",
    "Second",
    "Series",
    "Session",
    "Speech",
    "Statement",
    "Topic",
]
