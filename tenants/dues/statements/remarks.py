"""Understands what stands beside a payment: whom it names, for which years, and what it is for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from huiguan.names.organisations import kind_of
from huiguan.names.people import is_person
from huiguan.names.vocabulary import parts
from huiguan.spreadsheets.characters import fold
from tenants.dues.statements.codes import codes_in, without_codes
from tenants.dues.statements.lines import Line
from tenants.dues.statements.naming import place_at_end, shortened
from tenants.dues.statements.purposes import MARK, Purpose, read_purpose, says, unknown_fee, without, without_words
from tenants.dues.statements.roster import Keys, Roster, is_left_over
from tenants.dues.statements.vocabulary import words
from tenants.dues.statements.years import Years, read_years

_FEES = re.compile(
    r"(?:手续费|服务费|扣费|费率|交易额|金额|总额|实收|订单金额|交易金额)[:：]?¥?[\d,]+(?:\.\d+)?元?|\d+笔|笔数[:：]?\d+|商户号\w+"
)
_BRANCH = re.compile(r"(?:股份|有限|责任|集团|公司)*[\u4e00-\u9fff]{1,8}(?:分公司|分店|分院|分部|支公司|办事处)")
_AFTER = re.compile(r"(?:集团|股份|有限|责任|公司)+")
_TOKEN = re.compile(r"[\u4e00-\u9fffa-z]{2,}")
_EDGES = re.compile(r"^[代替帮为由给付交缴的等其各共含是]+|[代缴交付的等其各共含元整]+$")
_COURTESY = re.compile(r"(?:先生|女士|总经理|董事长|老板|经理|总|董)$")
_JOINED = re.compile(r"[和与及缴]")
_APART = re.compile(r"(?<=\d)\s+(?=\d)")  # two numbers are not one
_MEETING = re.compile(r"年会(?!费|员|长|会费)")  # 2025年会赞助 is not 2025年 and 会赞助
_NUMERALS = re.compile(r"(?:[零壹贰叁肆伍陆柒捌玖][拾佰仟万亿]+)+[元圆]?整?")
_CHAMBER = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,10}?(?P<kind>商会|协会|联合会|促进会|联谊会))(?=会费|年费|会员|\W*$)"
)
_NUMBER = re.compile(r"(?<![0-9a-z])(?:1[3-9]\d{9}|[0-9a-z]{18})(?![0-9a-z])")  # telephones and credit codes


@dataclass(frozen=True, slots=True)
class Named:
    """Words of a remark and the members they can mean. `is_part`: only part of the name agrees."""

    words: str
    keys: Keys
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """`unknown` are words that read like a name and are nobody's; `word` is the word of another purpose."""

    text: str
    written: str  # as it stands in the file
    purpose: Purpose
    word: str
    years: Years
    codes: Keys
    organisations: tuple[Named, ...]
    people: tuple[Named, ...]
    numbers: tuple[Named, ...]
    unknown: tuple[str, ...]
    chamber: str = ""  # another one than this, whose dues the remark speaks of

    def says(self, topic: str) -> bool:
        """parts, arrears, prepaid, behalf, itself."""
        return says(self.text, topic)


class Reader:
    """Reads remarks against one roster; `own_names` are those of the chamber."""

    def __init__(self, roster: Roster, own_names: Iterable[str]) -> None:
        self._roster = roster
        own = {form for name in own_names for form in (*shortened(name), roster.parse(name).core) if len(form) > 3}
        self._own = sorted(own, key=len, reverse=True)

    def read(self, line: Line) -> Remark:
        whole = MARK.join(fold(_APART.sub(MARK, text)) for text in (line.remark, line.summary) if text)
        whole = _MEETING.sub("|年度大会|", without_words("channels", whole))
        codes = tuple(codes_in(f"{line.remark} {line.summary}", self._roster.by_code))
        years = read_years(without_codes(whole) if codes else whole, line.booked_on.year)
        named, text = self._names(without(_NUMERALS, without(_FEES, years.rest)))
        text = self._without_own(text)
        said = read_purpose(text)
        found = [self._named(token) for token in self._tokens(said.rest)]
        unknown = [each.words for each in found if not each.keys]
        fee = next((fee for token in unknown if (fee := unknown_fee(token))), "")
        is_open = said.purpose in (Purpose.HINTED, Purpose.SILENT)
        return Remark(
            text=whole,
            written=line.remark,
            purpose=Purpose.UNKNOWN if fee and is_open else said.purpose,
            word=said.word or fee,
            years=years,
            codes=codes,
            organisations=_distinct([*named, *(each for each in found if each.keys and not self._is_person(each))]),
            people=_distinct(each for each in found if self._is_person(each)),
            numbers=self._numbers(whole),
            unknown=tuple(token for token in unknown if token != fee),
            chamber=self._other_chamber(text, found),
        )

    def _names(self, text: str) -> tuple[list[Named], str]:
        """Full and short names wherever they stand; a branch or another place makes it somebody else."""
        found: list[Named] = []
        at = 0
        while at < len(text) - 1:
            alias = self._roster.aliases_at(text, at)
            if alias is None:
                at += 1
                continue
            end = at + len(alias.text)
            rest = _BRANCH.match(text, end) or _AFTER.match(text, end)
            is_branch = bool(_BRANCH.match(text, end))
            keys = () if is_branch else self._in_place(alias.keys, text[:at])
            if keys:
                found.append(Named(alias.text, keys))
                text = text[:at] + MARK + text[rest.end() if rest else end :]
            at = at + 1 if keys else (rest.end() if rest else end)
        return found, text

    def _in_place(self, keys: Keys, before: str) -> Keys:
        """Without members of another place than the one written before their short name."""
        written = place_at_end(before)
        if not written:
            return keys
        places = {key: self._roster.names[key].place for key in keys if key in self._roster.names}
        return tuple(key for key in keys if not places.get(key) or places[key] in written or written in places[key])

    def _without_own(self, text: str) -> str:
        for name in self._own:
            text = text.replace(name, MARK)
        return text

    def _tokens(self, text: str) -> list[str]:
        """Words that may be names: whole where somebody is called so, else without the words that say nothing."""
        found: list[str] = []
        for piece in _TOKEN.findall(text):
            found += [piece] if self._named(piece).keys else _TOKEN.findall(without_words("fillers", piece))
        bare = dict.fromkeys(part for token in found for part in self._parts(token))
        return [part for part in bare if len(part) > 1 and part not in words("purposes", "empty")]

    def _parts(self, token: str) -> list[str]:
        """Joined names are taken apart, and what stands around a name is left out, if nobody is called by the whole."""
        if self._named(token).keys:
            return [token]
        bare = _EDGES.sub("", token)
        return [bare] if self._named(bare).keys else [_EDGES.sub("", part) for part in _JOINED.split(bare)]

    def _other_chamber(self, text: str, found: list[Named]) -> str:
        """衡阳商会会费 in the account of another; 个私协会 may be short for 个体私营企业协会, or be a member."""
        known = [*self._own, *(each.words for each in found if each.keys)]
        for match in _CHAMBER.finditer(without_words("fillers", text)):
            name = _EDGES.sub("", re.split("[缴交付代替]", match["name"])[-1])
            if len(name) > len(match["kind"]) + 1 and not any(is_left_over(name, own) for own in known):
                return name
        return ""

    def _named(self, token: str) -> Named:
        """A token as a person, a name, a short form, or part of a name; without keys if it is nobody's."""
        person = _COURTESY.sub("", token)
        if keys := self._roster.by_person.get(token) or self._roster.by_person.get(person):
            return Named(person if person in self._roster.by_person else token, keys)
        if keys := self._roster.by_core.get(token):
            return Named(token, keys)
        keys = self._roster.abbreviated(token) or self._roster.containing(token)
        return Named(token, keys, is_part=True)

    def _is_person(self, named: Named) -> bool:
        return named.words in self._roster.by_person

    def _numbers(self, text: str) -> tuple[Named, ...]:
        found = (Named(number, self._roster.by_number.get(number, ())) for number in _NUMBER.findall(text))
        return tuple(each for each in found if each.keys)


def _distinct(found: Iterable[Named]) -> tuple[Named, ...]:
    first: dict[Keys, Named] = {}
    for each in found:
        first.setdefault(each.keys, each)
    return tuple(first.values())


def reads_like_name(token: str) -> bool:
    """Whether a word that is nobody's may still be somebody's: four characters and more, or a person."""
    return bool(re.fullmatch(r"[\u4e00-\u9fff]+", token)) and (len(token) >= 4 or is_person(token))


def reads_like_organisation(token: str) -> bool:
    """Whether it ends like a shop or company, or names a trade: 楚硕软件, 汉中分公司."""
    is_chinese = bool(re.fullmatch(r"[\u4e00-\u9fff()]{3,}", token))
    return is_chinese and (
        kind_of(token) is not None or any(trade in token for trade, _ in parts("industries", "industries"))
    )
