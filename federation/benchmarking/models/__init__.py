"""Submissions, which only the release job can read, and releases, which everybody with a share in them can."""

from federation.benchmarking.models.outside import OutsideCell
from federation.benchmarking.models.pairings import Pairing
from federation.benchmarking.models.practices import Practice
from federation.benchmarking.models.releases import Place, Release, ReleaseCell
from federation.benchmarking.models.rosters import RosterEntry
from federation.benchmarking.models.submissions import Submission
from federation.benchmarking.models.suggestions import Suggestion

__all__ = [
    "OutsideCell",
    "Pairing",
    "Place",
    "Practice",
    "Release",
    "ReleaseCell",
    "RosterEntry",
    "Submission",
    "Suggestion",
]
