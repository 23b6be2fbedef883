"""The payment code that a notice of dues asks to be written into the remark: HF25-0123-13.

HF, two digits of the year, the member's number, and two check digits by ISO 7064 mod 97-10, which find every single
wrong digit and every pair that changed places. It is found again through spaces, dashes, small and full-width letters.
"""

import re
from collections.abc import Container
from functools import cache

from stdnum.iso7064 import mod_97_10

from huiguan.spreadsheets.characters import fold

PREFIX = "HF"
CENTURY = 2000
SHORTEST, LONGEST = 8, 11  # digits: year, number of four or more, check digits
_START = re.compile(r"(?<![a-z0-9])h[\W_]*f[\W_]*(?P<digits>[0-9oil](?:[\W_]*[0-9oil])*)")
_ALIKE = str.maketrans("oil", "011")


def payment_code(year: int, number: int) -> str:
    """The code in the form in which it is compared: without dashes."""
    body = f"{PREFIX}{year % 100:02}{number:04}"
    return body + str(mod_97_10.calc_check_digits(body))


def shown_code(code: str) -> str:
    """As it is printed: HF25-0123-13."""
    return f"{code[:4]}-{code[4:-2]}-{code[-2:]}"


def year_of(code: str) -> int:
    return CENTURY + int(code[2:4])


def codes_in(text: str, known: Container[str]) -> list[str]:
    """The known codes in a remark, in their order; digits that follow a code without a break do not hide it."""
    found: list[str] = []
    for match in _START.finditer(fold(text)):
        digits = re.sub(r"[\W_]", "", match["digits"]).translate(_ALIKE)
        lengths = range(min(len(digits), LONGEST), SHORTEST - 1, -1)
        code = next((c for n in lengths if (c := PREFIX + digits[:n]) in known and _is_valid(c)), "")
        found += [code] if code and code not in found else []
    return found


def without_codes(text: str) -> str:
    """A folded remark without anything that is meant as a code."""
    return _START.sub("|", text)


@cache
def _is_valid(code: str) -> bool:
    return bool(mod_97_10.is_valid(code))
