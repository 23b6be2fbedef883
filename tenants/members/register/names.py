"""Names of members: cleaned of what secretariats add to them, split from former names and notes."""

import re
from dataclasses import dataclass

from huiguan.names.organisations import is_organisation
from huiguan.spreadsheets.characters import clean, joined

_QUOTES = re.compile(r"[\"“”'‘’「」『』《》〈〉]")
_BRAND = re.compile(r"^[“\"「『《](?P<brand>[^”\"」』》]{1,10})[”\"」』》](?P<rest>.+)$", re.DOTALL)
_FORMER = re.compile(
    r"(?:原名称?|曾用名|前身|原(?!野|子|动|点|料|生|创|本|来|始|木|色|味|乡|则|材|装|业|产))(?:为|是|叫)?[::]?(?P<former>[^,;。()\n]{3,40}?)(?=$|[,;。)\n]|更名|改名|变更)"
)
_NOTE = re.compile(
    r"^(?P<name>[^,;\n]{4,}?)[,;\n]\s*(?P<note>\(?(?:含|原|曾用|前身|分公司|下属|旗下|又名|简称|品牌|已|现|联系|注|备注).*)$",
    re.DOTALL,
)
_NOTE_IN_BRACKETS = re.compile(
    r"^(?P<name>.{4,}?)\((?P<note>(?:含|原(?!\w{0,3}\))|曾用|前身|分公司[::]|下属|旗下|又名|简称|已|现更|已更).*)\)$",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A member's name as it should stand, with what else its cell said."""

    text: str
    former: str = ""
    note: str = ""


def read_name(text: str) -> Name:
    """A name without quotation marks and inner spaces; `原…` goes to the former name, other additions to the note."""
    text = clean(text)
    name, note = _split_note(text)
    if match := _BRAND.match(name):
        name = match["rest"] if match["brand"] in match["rest"] else match["brand"] + match["rest"]
    name = joined(_QUOTES.sub("", name)).strip(" ,.;:、。*#")
    return Name(re.sub(r"^\d{1,4}[、.．]\s*", "", name), former_name(note), note)


def former_name(note: str) -> str:
    """The former name in a note such as 原名西安甲商贸有限公司,2025年3月更名."""
    match = _FORMER.search(clean(note))
    former = joined(_QUOTES.sub("", match["former"])).strip() if match else ""
    return former if is_organisation(former) else ""


def organisations_in(text: str) -> list[str]:
    """The organisations in a cell that names several: 甲有限公司/乙有限公司."""
    pieces = [
        piece.strip() for piece in re.split(r"[/、,;|\n]|(?<=公司) +(?=\S{4})|(?<=公司)[和与及](?=\S{4})", clean(text))
    ]
    found = [piece for piece in pieces if is_organisation(piece)]
    return found if len(found) > 1 and not _FORMER.search(text) and "含" not in text else []


def _split_note(text: str) -> tuple[str, str]:
    for pattern in (_NOTE_IN_BRACKETS, _NOTE):
        match = pattern.match(text)
        if match and (is_organisation(match["name"]) or "原" in match["note"]):
            return match["name"], match["note"].strip("() ")
    return text, ""
