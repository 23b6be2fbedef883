"""Names of organisations: what kind of organisation they say, and their parts: place, short name, legal form."""

import re
from functools import cache, lru_cache

from huiguan.names.vocabulary import longest_first, terms
from huiguan.spreadsheets.characters import clean, fold, joined, simplified

LONGEST_NAME = 100
_BRANCH = re.compile(r"(?:分公司|分店|分部|办事处|分行|支行|营业部|事业部)$")
_LEGAL_FORMS = re.compile(r"(?:分公司|公司|集团|\((?:普通|有限)合伙\))$")
_BRACKETED = re.compile(r"\([^()]*\)")
_NO_LETTER = re.compile(r"[\W_]+")


@lru_cache(maxsize=50_000)
def kind_of(name: str, code: str = "") -> str | None:
    """enterprise, household or group, as the name's ending or the second character of the credit code says."""
    by_code = {"91": "enterprise", "92": "household", "93": "enterprise", "51": "group", "52": "group", "53": "group"}
    if code[:2] in by_code:
        return by_code[code[:2]]
    word = _BRACKETED.sub("", simplified(name)) or simplified(name)
    if word.endswith(("有限公司", "公司")):
        return "enterprise"
    endings = {kind: longest_first("organisations", kind) for kind in ("group", "household", "enterprise")}
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


@lru_cache(maxsize=50_000)
def plain_name(name: str) -> str:
    """The form in which names are compared: 德昌誉机械（集团）有限公司 is 德昌誉机械集团有限公司."""
    return _NO_LETTER.sub("", fold(name))


@lru_cache(maxsize=50_000)
def short_name(name: str) -> str:
    """What people say: without place and legal form. 邵筑茶业(陕西)有限公司 is 邵筑茶业."""
    branch = re.search(r"公司(?P<branch>.+)$", name)
    core = name[: branch.start() + 2] if branch and _BRANCH.search(name) else name
    core = _without_form(_BRACKETED.sub("", core))
    core = without_place(core)
    for ending in longest_first("organisations", "group_purposes") if kind_of(name) == "group" else ():
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


def _without_form(name: str) -> str:
    whole = simplified(name)
    for form in longest_first("organisations", "forms"):
        if whole.endswith(form) and len(name) > len(form) + 1:
            return name[: -len(form)]
    return name


@cache
def _place_pattern() -> re.Pattern[str]:
    provinces = "|".join(longest_first("places", "provinces"))
    cities = "|".join(longest_first("places", "cities"))
    return re.compile(rf"(?:(?:{provinces})(?:省|市|自治区)?)?(?:(?:{cities})市?|[\u4e00-\u9fff]{{1,3}}[区县])?")
