"""Days as letters are dated."""

import datetime

DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


def in_characters(day: datetime.date) -> str:
    """二〇二六年十一月二十五日."""
    return f"{str(day.year).translate(DIGITS)}年{_counted(day.month)}月{_counted(day.day)}日"


def _counted(number: int) -> str:
    """1 to 99, as they are spoken."""
    tens, ones = divmod(number, 10)
    tens_said = ("" if tens == 1 else str(tens).translate(DIGITS)) + "十" if tens else ""
    return tens_said + (str(ones).translate(DIGITS) if ones else "")
