"""What a paper says as plain JSON: words in its language, no invisible signs, only characters that can be shown."""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from huiguan.papers import fonts

KEPT = "\n"
INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}


class MissingCharacters(ValidationError):
    """No font of ours has them; a paper would show an empty box."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        named = _(", ").join(f"{c} (U+{ord(c):04X})" for c in characters)
        super().__init__(_("These characters cannot be printed: {characters}.").format(characters=named))


def as_json(content: Any) -> str:
    """Raises MissingCharacters."""
    plain = _plain(content)
    if missing := fonts.missing("".join(_texts(plain))):
        raise MissingCharacters(missing)
    return json.dumps(plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, str | Promise):
        return _visible(str(value))
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _visible(text: str) -> str:
    return "".join(c for c in text if c in KEPT or unicodedata.category(c) not in INVISIBLE)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
