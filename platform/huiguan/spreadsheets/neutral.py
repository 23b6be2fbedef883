"""Text that goes into a spreadsheet as text: nothing that somebody wrote is run as a formula (security goal G11)."""

import re

ILLEGAL = re.compile(r"[\000-\010]|[\013-\014]|[\016-\037]")  # what no xlsx may hold
NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?", re.ASCII)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def neutral(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe goes before what would begin a formula."""
    text = ILLEGAL.sub("", text)
    return f"'{text}" if _runs(text) and not NUMBER.fullmatch(text) else text


def as_written(text: str) -> str:
    """The other way round, for tables that are read: what was exported comes back as it was."""
    return text[1:] if text.startswith("'") and _runs(text) else text


def _runs(text: str) -> bool:
    """Or would without its apostrophes: these count too, so that each can be taken away again."""
    return text.lstrip("'").lstrip(" ").startswith(FORMULA_STARTS)
