"""Backups, restores, moves, exports and erasure of one chamber, while the others go on."""

from collections.abc import Callable

Say = Callable[[str], None]


class Impossible(Exception):
    """Nothing was changed; the message says why, and what to do, in a sentence for the operator."""


def silent(line: str) -> None:
    """For who does not want to hear of the progress."""
