"""Applications, the questions to their applicants, and how a chamber takes applications."""

from tenants.applications.models.applications import Application
from tenants.applications.models.questions import Question
from tenants.applications.models.reception import Reception

__all__ = ["Application", "Question", "Reception"]
