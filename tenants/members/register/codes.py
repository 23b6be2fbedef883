"""Unified social credit codes 统一社会信用代码 (GB 32100-2015), read only when the check character agrees."""

import re
from functools import lru_cache

from stdnum.cn import uscc

from huiguan.spreadsheets.blanks import says_nothing
from huiguan.spreadsheets.characters import clean, fold
from huiguan.spreadsheets.grids import Value, shown
from huiguan.spreadsheets.problems import Doubt

SHORTEST = 17
_SHAPE = re.compile(r"[0-9A-Z]{17,19}")
_PENDING = re.compile(r"办理|申请|待办|未办|补办|正在|注册中|变更|在办")
_ALIKE = str.maketrans(
    {"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"}
)  # letters a code never has, and what they look like


def read_code(value: Value) -> tuple[str | None, Doubt | None]:
    """A wrong code is never corrected; what it may have been is offered."""
    return _read(shown(value))


@lru_cache(maxsize=2_000)
def _read(written: str) -> tuple[str | None, Doubt | None]:
    text = fold(written)
    if says_nothing(text):
        return None, None
    code = compact(written)
    if uscc.is_valid(code):
        return code, None
    return None, _doubt(code, text)


def looks_like_code(value: Value) -> bool:
    text = clean(shown(value))
    code = compact(text) if len(text) >= SHORTEST else ""
    return bool(_SHAPE.fullmatch(code)) and sum(c.isdigit() for c in code) >= 8


def compact(text: str) -> str:
    return re.sub(r"[\s\-·.:]", "", clean(text)).upper()


def _doubt(code: str, text: str) -> Doubt:
    if _PENDING.search(text):
        return Doubt("code_pending")
    if re.fullmatch(r"\d(\.\d+)?e\+?\d+", text):
        return Doubt("code_lost_digits")
    if re.fullmatch(r"\d{15}", code):
        return Doubt("code_is_old_registration")
    if len(code) != 18:
        return Doubt("code_wrong_length")
    possible = tuple(_possible(code))
    return Doubt("code_wrong_check", possible) if possible else Doubt("code_wrong")


def _possible(code: str) -> list[str]:
    """Valid codes one common slip away: two neighbours swapped, or a letter that codes do not have."""
    swapped = [code[:i] + code[i + 1] + code[i] + code[i + 2 :] for i in range(17)]
    readings = dict.fromkeys([code.translate(_ALIKE), *swapped])
    return [reading for reading in readings if reading != code and uscc.is_valid(reading)][:5]
