"""The chamber's own figures by quarter, and which of them it shares with which federation."""

from tenants.benchmarks.models.figures import Figure, Sending, Share
from tenants.benchmarks.models.practices import Practice
from tenants.benchmarks.models.targets import Target

__all__ = ["Figure", "Practice", "Sending", "Share", "Target"]
