"""Text that goes into a spreadsheet as text: nothing that somebody wrote is run as a formula (security goal G11)."""

import re

ILLEGAL = re.compile(r"[\000-\010]|[\013-\014]|[\016-\037]")  # what no xlsx may hold
NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?", re.ASCII)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def neutral(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe goes before what would begin a formula."""
    text = ILLEGAL.sub("", text)
    starts = text.lstrip(" ").startswith(FORMULA_STARTS)
    return f"'{text}" if starts and not NUMBER.fullmatch(text) else text
