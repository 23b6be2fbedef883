"""Names of members: cleaned of what secretariats add to them, split from former names and notes, told apart by kind."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from tenants.members.register.characters import clean, fold, joined, simplified
from tenants.members.register.vocabulary import longest_first, terms

LONGEST_NAME = 100
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
_BRANCH = re.compile(r"(?:分公司|分店|分部|办事处|分行|支行|营业部|事业部)$")
_LEGAL_FORMS = re.compile(r"(?:分公司|公司|集团|\((?:普通|有限)合伙\))$")
_BRACKETED = re.compile(r"\([^()]*\)")


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


@lru_cache(maxsize=50_000)
def kind_of(name: str, code: str = "") -> str | None:
    """enterprise, household or group, as the name's ending or the second character of the credit code says."""
    by_code = {"91": "enterprise", "92": "household", "93": "enterprise", "51": "group", "52": "group", "53": "group"}
    if code[:2] in by_code:
        return by_code[code[:2]]
    word = _BRACKETED.sub("", simplified(name)) or simplified(name)
    if word.endswith(("有限公司", "公司")):
        return "enterprise"
    endings = {kind: longest_first("names", kind) for kind in ("group", "household", "enterprise")}
    lengths = {kind: max((len(e) for e in found if word.endswith(e)), default=0) for kind, found in endings.items()}
    best = max(lengths, key=lambda kind: lengths[kind])
    return best if lengths[best] else None


@lru_cache(maxsize=50_000)
def is_organisation(text: str) -> bool:
    """Whether a text reads like the full name of a company, shop or association."""
    name = joined(clean(text))
    return 4 <= len(name) <= LONGEST_NAME and not re.search(r"\d{5}", name) and kind_of(name) is not None


@lru_cache(maxsize=50_000)
def is_full_company_name(text: str) -> bool:
    """Whether it carries a legal form (公司): then it says which company, where a short name does not."""
    return bool(_LEGAL_FORMS.search(_BRACKETED.sub("", joined(clean(text)))))


def organisations_in(text: str) -> list[str]:
    """The organisations in a cell that names several: 甲有限公司/乙有限公司."""
    pieces = [
        piece.strip() for piece in re.split(r"[/、,;|\n]|(?<=公司) +(?=\S{4})|(?<=公司)[和与及](?=\S{4})", clean(text))
    ]
    found = [piece for piece in pieces if is_organisation(piece)]
    return found if len(found) > 1 and not _FORMER.search(text) and "含" not in text else []


@lru_cache(maxsize=50_000)
def short_name(name: str) -> str:
    """What people say: without place and legal form. 邵筑茶业(陕西)有限公司 is 邵筑茶业."""
    branch = re.search(r"公司(?P<branch>.+)$", name)
    core = name[: branch.start() + 2] if branch and _BRANCH.search(name) else name
    core = _without_form(_BRACKETED.sub("", core))
    core = without_place(core)
    for ending in longest_first("names", "group_purposes") if kind_of(name) == "group" else ():
        core = core[: -len(ending)] or core if simplified(core).endswith(ending) else core
    return core + (branch["branch"] if branch and _BRANCH.search(name) else "")


def without_place(name: str) -> str:
    """Without the province, city or district at the beginning, if a name remains and not only a trade."""
    place = _place_pattern().match(simplified(name))
    rest = name[place.end() :] if place else ""
    return rest if len(rest) >= 2 and fold(rest) not in terms("industries", "industries") else name


def place_of(name: str) -> str:
    """The place a name begins with or has in brackets, without 省, 市, 区 and 县."""
    bracketed = re.search(r"\((?P<place>[^()]{2,6})\)", name)
    place = _place_pattern().match(simplified(name))
    found = place[0] if place and place[0] else (bracketed["place"] if bracketed else "")
    return re.sub(r"[省市区县]$", "", simplified(found))


def _split_note(text: str) -> tuple[str, str]:
    for pattern in (_NOTE_IN_BRACKETS, _NOTE):
        match = pattern.match(text)
        if match and (is_organisation(match["name"]) or "原" in match["note"]):
            return match["name"], match["note"].strip("() ")
    return text, ""


def _without_form(name: str) -> str:
    whole = simplified(name)
    for form in longest_first("names", "forms"):
        if whole.endswith(form) and len(name) > len(form) + 1:
            return name[: -len(form)]
    return name


@cache
def _place_pattern() -> re.Pattern[str]:
    provinces = "|".join(longest_first("places", "provinces"))
    cities = "|".join(longest_first("places", "cities"))
    return re.compile(rf"(?:(?:{provinces})(?:省|市|自治区)?)?(?:(?:{cities})市?|[\u4e00-\u9fff]{{1,3}}[区县])?")
