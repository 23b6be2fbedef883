"""Amounts of money in Chinese capital numerals, as on receipts and cheques.

After 正确填写票据和结算凭证的基本规定 (People's Bank of China, Payment and Settlement Measures, annex 1).
"""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")
SECTIONS = ("元", "万", "亿")
MOST_FEN = 10**14 - 1  # below 万亿元


def in_capitals(fen: int) -> str:
    """`1234567` (fen) is 壹万贰仟叁佰肆拾伍元陆角柒分.

    Whole yuan end in 整; after 角 it may be left out and is; after 分 it must not stand (rule 2). Zeros in a row are
    read once (3.2); where 3.3 leaves the choice none is read. Raises ValueError below zero and from 万亿元.
    """
    if not 0 <= fen <= MOST_FEN:
        raise ValueError(fen)
    yuan, rest = divmod(fen, 100)
    if not rest:
        return f"{_yuan(yuan) or '零元'}整"
    jiao, cents = divmod(rest, 10)
    zero = "零" if yuan and not jiao else ""
    return _yuan(yuan) + zero + (f"{DIGITS[jiao]}角" if jiao else "") + (f"{DIGITS[cents]}分" if cents else "")


def _yuan(number: int) -> str:
    """Read four digits at a time; zeros that end four digits are read only when zeros go on after them."""
    said, has_gap, in_section = "", False, False
    for place, digit in _places(number):
        if digit:
            said += ("零" if has_gap else "") + DIGITS[digit] + UNITS[place % 4]
            has_gap, in_section = False, True
        else:
            has_gap = bool(said)
        if place % 4 == 0 and (in_section or place == 0):
            said += SECTIONS[place // 4]
            has_gap, in_section = False, False
    return said if number else ""


def _places(number: int) -> list[tuple[int, int]]:
    """(power of ten, digit), the highest first."""
    return [(place, number // 10**place % 10) for place in reversed(range(len(str(number))))]
