"""The fields that are kept as they are written: addresses, remarks, WeChat names and the like."""

import re

from huiguan.spreadsheets.blanks import says_nothing
from huiguan.spreadsheets.characters import clean, fold, has_hidden_characters
from huiguan.spreadsheets.grids import Broken, Value, shown
from huiguan.spreadsheets.problems import Doubt
from tenants.members.register.identities import Identity
from tenants.members.register.problems import Problem
from tenants.members.register.readings import Reading

LONGEST_TEXT = {
    "address": 200,
    "wechat": 60,
    "native_place": 60,
    "referrer": 60,
    "email": 100,
    "left_reason": 200,
    "business": 500,
    "remarks": 2000,
}
_BRACKETED_LINE = re.compile(r"\n\((?P<note>[^()]*)\)$")
_SAME_AS_PHONE = re.compile(r"同(?:手机|电话|号|上|左)|微信同|同号")


def read_texts(reading: Reading, identity: Identity) -> None:
    found = {field: _texts(reading, field, longest) for field, longest in LONGEST_TEXT.items()}
    notes = [identity.name.note] if identity.name.note and not identity.name.former else []
    notes += [match["note"] for text in found["address"] for match in _BRACKETED_LINE.finditer(text)]
    found["address"] = [_BRACKETED_LINE.sub("", text).replace("\n", "") for text in found["address"]]
    for field, texts in found.items():
        reading.put(
            field, _TIDY.get(field, "\n".join)(list(dict.fromkeys(texts + notes if field == "remarks" else texts)))
        )


def _texts(reading: Reading, field: str, longest: int) -> list[str]:
    return [text for _, value in reading.cells.all(field) if (text := _text(reading, field, value, longest))]


def _text(reading: Reading, field: str, value: Value, longest: int) -> str:
    if isinstance(value, Broken):
        reading.doubt(field, Doubt("formula_not_calculated" if value.is_formula else "cell_has_error"), value)
        return ""
    text = clean(shown(value))
    if len(text) > longest:
        reading.doubt(field, Doubt("text_too_long"), value)
        return ""
    return "" if says_nothing(fold(text)) else text


def _wechat(texts: list[str]) -> str:
    text = "".join(texts[:1])
    return "同手机" if _SAME_AS_PHONE.search(fold(text)) else text


def _native_place(texts: list[str]) -> str:
    """隆回县人 and 隆回县镇 say 隆回县."""
    return re.sub(r"(?<=[县市区])镇$|(?<=\S{2})人$", "", "".join(texts[:1]))


def _first(texts: list[str]) -> str:
    return "".join(texts[:1])


_TIDY = {"wechat": _wechat, "native_place": _native_place, "address": _first}


def mention_hidden_characters(reading: Reading) -> None:
    for column in reading.cells.columns:
        value = reading.cells.line.value(column.at)
        if isinstance(value, str) and has_hidden_characters(value):
            reading.problems.append(
                Problem("hidden_characters_removed", column.field or column.heading, clean(value)[:200])
            )
