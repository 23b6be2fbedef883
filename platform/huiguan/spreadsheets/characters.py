"""What is done to every text of a table before it is read: full-width forms, invisible characters, scripts."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Protocol

from opencc import OpenCC

LONGEST_CELL = 32_767  # what a spreadsheet cell can hold; more is an attack or a broken file

_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn"}
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|_x00[01][0-9A-Fa-f]_")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SPACES = re.compile(r"[ \t\r\u3000]+")
_BESIDE_CJK = re.compile(r"(?<=[^\x00-\x7f])[ \n]+|[ \n]+(?=[^\x00-\x7f])")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@lru_cache(maxsize=2_000)
def clean(text: str) -> str:
    """The text without invisible characters, in half-width forms, with single spaces and no empty lines.

    >>> clean(" Ａ１２（陕西）\u200b ")
    'A12(陕西)'
    """
    text = text[:LONGEST_CELL]
    if text.isprintable() and (text.isascii() or ("_x" not in text and unicodedata.is_normalized("NFKC", text))):
        return " ".join(text.split()) if " " in text else text
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    text = unicodedata.normalize("NFKC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _HIDDEN)
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def has_hidden_characters(text: str) -> bool:
    """Characters that make a text look like another one. Zero-width spaces and byte order marks are only dirt."""
    return (not text.isascii() and bool(_BIDI.search(text))) or bool(_CONTROL.search(text))


def joined(text: str) -> str:
    """A cleaned text without the spaces and line breaks that stand beside Chinese characters.

    >>> joined("西安邵硕 医疗器械\\n有限公司")
    '西安邵硕医疗器械有限公司'
    """
    return _BESIDE_CJK.sub("", text).replace("\n", " ")


def without_spaces(text: str) -> str:
    return "".join(text.split())


@lru_cache(maxsize=2_000)
def simplified(text: str) -> str:
    """The text in simplified characters. For looking up and comparing only: names stay as they are written."""
    return text if text.isascii() else str(_converter().convert(text))


@lru_cache(maxsize=2_000)
def fold(text: str) -> str:
    """The form in which words are looked up: clean, simplified, lower case, without spaces."""
    return without_spaces(simplified(clean(text))).lower()


@cache
def _converter() -> _Converter:
    return OpenCC("t2s")
