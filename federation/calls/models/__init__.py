"""A call, what it asks, and where each chamber stands with it."""

from federation.calls.models.calls import Call
from federation.calls.models.files import AnswerFile
from federation.calls.models.questions import Question
from federation.calls.models.receipts import Receipt, Submission
from federation.calls.models.reports import ReportTemplate

__all__ = ["AnswerFile", "Call", "Question", "Receipt", "ReportTemplate", "Submission"]
