"""A call, what it asks, and where each chamber stands with it."""

from federation.calls.models.calls import Call, Question
from federation.calls.models.receipts import Receipt, Submission

__all__ = ["Call", "Question", "Receipt", "Submission"]
