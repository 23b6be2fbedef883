"""How a session is called: 第三期 in Chinese, Session 3 elsewhere."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

DIGITS = "〇一二三四五六七八九"


def ordinal(number: int) -> str:
    return _("Session {number}").format(number=_numeral(number))


def _numeral(number: int) -> str:
    """As it is written in a Chinese sentence; a hundred and more stay in figures."""
    if not (get_language() or "").startswith("zh") or not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


def heading_number(number: int) -> str:
    """一、 in Chinese, 1. elsewhere."""
    numeral = _numeral(number)
    return f"{numeral}. " if numeral.isdigit() else f"{numeral}、"
