"""What the chamber keeps of liaison meetings in its own schema."""

from tenants.meetings.models.delegates import Delegate
from tenants.meetings.models.replies import Reply
from tenants.meetings.models.reports import ActionReport

__all__ = ["ActionReport", "Delegate", "Reply"]
