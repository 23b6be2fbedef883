"""Reports of value, and the making or sending of many."""

from tenants.value.models.reports import Report
from tenants.value.models.runs import ReportRun

__all__ = ["Report", "ReportRun"]
