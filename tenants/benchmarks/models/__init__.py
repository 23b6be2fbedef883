"""The chamber's own figures by quarter, and which of them it shares with which federation."""

from tenants.benchmarks.models.figures import Figure, Sending, Share

__all__ = ["Figure", "Sending", "Share"]
