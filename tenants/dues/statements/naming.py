"""Names of organisations taken apart for comparing: place, core (brand and trade) and legal form."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from huiguan.names.organisations import place_of, plain_name, short_name, without_place
from huiguan.names.vocabulary import longest_first

SHORTEST_CHAMBER = 4
FEWEST_ALIKE, LEAST_SHARE = 3, 0.06  # names that begin alike, so that the beginning is a place
_FORM = re.compile(r"(?P<group>集团)?(?P<joint>股份)?(?:有限责任|有限|责任)?(?P<company>公司)$|集团$")
_DISTRICT = r"(?:[\u4e00-\u9fff]{1,3}[区县])?"

Places = frozenset[str]


@dataclass(frozen=True, slots=True)
class OrgName:
    """`form` is joint (股份), group (集团), company, or empty where the name carries none."""

    plain: str
    core: str
    place: str
    form: str

    def agrees(self, other: "OrgName") -> bool:
        """Whether both may be one organisation whose core is the same."""
        places = self.place, other.place
        return not all(places) or places[0] in places[1] or places[1] in places[0]


def places_in(names: Iterable[str]) -> Places:
    """Beginnings that many members share are places, even if no list of places has them."""
    beginnings = [name[:2] for name in map(plain_name, names) if len(name) >= 6]
    most = Counter(beginnings)
    return frozenset(b for b, n in most.items() if n >= max(FEWEST_ALIKE, LEAST_SHARE * len(beginnings)))


@lru_cache(maxsize=50_000)
def org_name(name: str, places: Places) -> OrgName:
    plain = plain_name(name)
    core = plain_name(short_name(name)) or plain
    match = _beginning(places).match(core) if places else None
    rest = core[match.end() :] if match else core
    has_rest = len(rest) >= 2
    place = place_of(name) or (match["place"] if match and has_rest else "")
    return OrgName(plain, rest if has_rest else core, place, _form(plain))


def shortened(name: str) -> Iterator[str]:
    """A chamber's name and what is left of it without each place in front: 陕西省邵阳商会 is 邵阳商会."""
    rest = plain_name(name)
    while len(rest) >= SHORTEST_CHAMBER:
        yield rest
        match = _place().match(rest)
        if not match:
            return
        rest = rest[match.end() :]


def place_at_end(text: str) -> str:
    """The place with which a text ends: what stands before a short name says where its owner is."""
    endings = (text[-length:] for length in range(min(5, len(text)), 1, -1))
    return next((place_of(f"{ending}甲乙") for ending in endings if without_place(f"{ending}甲乙") == "甲乙"), "")


def _form(plain: str) -> str:
    match = _FORM.search(plain)
    if not match:
        return ""
    if match["joint"]:
        return "joint"
    return "company" if match["company"] and not match["group"] else "group"


@cache
def _place() -> re.Pattern[str]:
    known = "|".join([*longest_first("places", "provinces"), *longest_first("places", "cities")])
    return re.compile(rf"(?:{known})(?:省|市|自治区)?|[\u4e00-\u9fff]{{1,3}}[市区县]")


@lru_cache(maxsize=100)
def _beginning(places: Places) -> re.Pattern[str]:
    return re.compile(rf"(?P<place>{'|'.join(sorted(places))})[省市]?{_DISTRICT}")
