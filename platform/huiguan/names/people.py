"""People as tables name them: 张三/李四(财务), 联系人:沈 光, or only 张总, which is a form of address and no name."""

import re
from functools import cache, lru_cache

from huiguan.names.vocabulary import longest_first, words
from huiguan.spreadsheets.blanks import says_nothing
from huiguan.spreadsheets.characters import clean, fold, simplified
from huiguan.spreadsheets.problems import Doubt

Contact = dict[str, str]  # name, or written_as for a form of address; role where it is said

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_ROLE = re.compile(r"\(([^()]*)\)")
_NUMBER = re.compile(r"\+?\d[\d\-\s]{5,}\d")
_BETWEEN = re.compile(r"[,、;/|&\n]|(?<=\)) ")
_LONG_NAME = re.compile(rf"{_HAN}{{1,10}}[·•・]{_HAN}{{1,10}}(?:[·•・]{_HAN}{{1,10}})?")
_LATIN_NAME = re.compile(r"(?:[A-Z][a-z.'\-]+|[A-Z]{2,12})(?: (?:[A-Z][A-Za-z.'\-]*)){1,3}")
_NO_PEOPLE = ("公司", "集团", "商会", "协会", "单位", "企业", "会员", "个人", "名称", "小计", "合计")


def read_contacts(text: str) -> tuple[list[Contact], Doubt | None]:
    """The persons of a cell in their order; one that cannot be read is left out and doubted."""
    contacts, doubt = _read_contacts(text)
    return [dict(contact) for contact in contacts], doubt


@lru_cache(maxsize=2_000)
def _read_contacts(text: str) -> tuple[list[Contact], Doubt | None]:
    text = _NUMBER.sub(" ", clean(text)).strip(" /-")
    if says_nothing(fold(text)):
        return [], None
    contacts: list[Contact] = []
    doubt: Doubt | None = None
    for piece in _pieces(text):
        contact, doubtful = _read_piece(piece)
        contacts += [contact] if contact and contact not in contacts else []
        doubt = doubt or doubtful
    return contacts, doubt


def read_person(text: str) -> str | None:
    """The full name of one person, or None."""
    contacts, _ = read_contacts(text)
    return contacts[0].get("name") if len(contacts) == 1 else None


def is_role(text: str) -> bool:
    """Whether a text says only what a person does: 财务, 总经理."""
    return fold(text) in words("people", "roles")


@lru_cache(maxsize=20_000)
def is_person(text: str) -> bool:
    """Whether a word, without spaces, can be a person's full name."""
    if _LONG_NAME.fullmatch(text) or _LATIN_NAME.fullmatch(text):
        return True
    surname = _surname_length(text)
    if text.endswith(_NO_PEOPLE):
        return False
    return surname > 0 and bool(re.fullmatch(f"{_HAN}{{{surname + 1},{surname + 2}}}", text)) and not _courtesy(text)


def _pieces(text: str) -> list[str]:
    """Split between persons, but not inside 沈 光."""
    found: list[str] = []
    for piece in filter(None, (piece.strip() for piece in _BETWEEN.split(text))):
        parts = [piece] if _LATIN_NAME.fullmatch(piece) else [part for part in piece.split(" ") if part not in "男女"]
        whole = len(parts) == 1 or any(len(_ROLE.sub("", part)) < 2 for part in parts)
        found += ["".join(parts) if not _LATIN_NAME.fullmatch(piece) else piece] if whole else parts
    return found


def _read_piece(piece: str) -> tuple[Contact | None, Doubt | None]:
    role = next((found for found in _ROLE.findall(piece) if found), "")
    name = _without_label(_ROLE.sub("", piece).strip(" :：.-"))
    name, role = _split_role(name, role)
    if not name:
        return None, None
    said = {"role": simplified(role)} if role and fold(role) in words("people", "roles") else {}
    if re.search(r"[?\ufffd�□]", name):
        return None, Doubt("person_damaged")
    if is_person(name):
        return {"name": name, **said}, None
    if surname := _courtesy(name):
        full = is_person(surname) and len(surname) > 2
        return {"name" if full else "written_as": surname if full else name, **said}, None if full else Doubt(
            "person_only_surname"
        )
    return None, Doubt("person_unreadable")


def _without_label(name: str) -> str:
    for label in longest_first("people", "labels"):
        if simplified(name).startswith(label) and len(name) > len(label) + 1:
            return name[len(label) :].lstrip(" :")
    return name


def _split_role(name: str, role: str) -> tuple[str, str]:
    """财务:李四 and 李四财务, but not 张总."""
    before, colon, after = name.partition(":")
    if colon and fold(before) in words("people", "roles"):
        return after.strip(), role or before
    whole = simplified(name)
    if is_person(name):
        return name, role
    for word in longest_first("people", "roles"):
        if len(word) > 1 and whole.endswith(word) and is_person(person := name[: len(whole) - len(word)]):
            return person, role or word
    return name, role


@lru_cache(maxsize=2_000)
def _courtesy(name: str) -> str:
    """What stands before a form of address: 张 of 张总, 张伟 of 张伟总; empty if it is none."""
    word = simplified(name)
    for courtesy in longest_first("people", "courtesy"):
        rest = name[: len(name) - len(courtesy)]
        if word.endswith(courtesy) and re.fullmatch(_HAN + "{1,4}", rest) and (len(rest) == 1 or _surname_length(rest)):
            is_surname = len(rest) == max(1, _surname_length(rest))
            return rest if is_surname or (len(courtesy) > 1 and len(rest) >= 2) or len(rest) == 3 else ""
    return ""


def _surname_length(name: str) -> int:
    word = simplified(name)
    if word[:2] in words("people", "compound"):
        return 2
    return 1 if word[:1] in _surnames() else 0


@cache
def _surnames() -> frozenset[str]:
    return frozenset(character for row in longest_first("people", "surnames") for character in row)
