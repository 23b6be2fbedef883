"""All members of a chamber, indexed by everything a payment may call them."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from huiguan.names.organisations import plain_name
from huiguan.spreadsheets.characters import clean, fold
from tenants.dues.statements.naming import OrgName, org_name, places_in
from tenants.dues.statements.payees import Payee

Keys = tuple[str, ...]
SHORTEST_ALIAS = 3  # in running text; shorter names must stand alone
SHORTEST_PART = 4  # of a name, to stand for all of it
MOST_ALIKE, MOST_COMPARED, LEAST_LIKENESS = 3, 50, 0.5


@dataclass(frozen=True, slots=True)
class Alias:
    """A name in a text that can mean several members."""

    text: str
    keys: Keys


class Roster:
    """Every look-up answers with keys in the order of the members; several mean that nobody can tell."""

    def __init__(self, members: Sequence[Payee]) -> None:
        self.members = {member.key: member for member in members}
        self._organisations = [member for member in members if member.kind != "individual"]
        self.places = places_in(member.name for member in self._organisations)
        self.names: dict[str, OrgName] = {m.key: self.parse(m.name) for m in self._organisations}
        self.by_name = _index((self.names[m.key].plain, m.key) for m in self._organisations)
        self.by_former = _index((plain_name(name), m.key) for m in members for name in m.former_names)
        self.by_core = _index(self._cores())
        self.by_person = _index((fold(name), m.key) for m in members for name in m.people)
        self.by_number = _index((fold(number), m.key) for m in members for number in (*m.phones, m.credit_code))
        self.by_code = {code: m.key for m in members for code in m.codes}
        self.by_account = _index((known.account, m.key) for m in members for known in m.known_payers if known.account)
        self.by_known_name = _index((plain_name(k.name), m.key) for m in members for k in m.known_payers if k.name)
        self._people: dict[int, list[str]] = defaultdict(list)
        for person in self.by_person:
            self._people[len(person)].append(person)
        self._written = sorted({**self.by_former, **self.by_name})
        self._aliases = self._by_start()
        self._grams = self._by_gram()
        self._shorter = _index((short, key) for key, name in self.names.items() for short in _shorter(name.core))

    def parse(self, name: str) -> OrgName:
        return org_name(name, self.places)

    def begun(self, plain: str) -> Keys:
        """Members of whose name, present or former, this is the beginning."""
        found: list[str] = []
        for at in range(bisect_left(self._written, plain), len(self._written)):
            if not self._written[at].startswith(plain):
                break
            found += [*self.by_name.get(self._written[at], ()), *self.by_former.get(self._written[at], ())]
        return self._in_order(found)

    def aliases_at(self, text: str, at: int) -> Alias | None:
        """The longest name that begins at this place of a folded text."""
        for alias in self._aliases.get(text[at : at + 2], ()):
            if text.startswith(alias.text, at):
                return alias
        return None

    def abbreviated(self, token: str) -> Keys:
        """Members of whose core this is the beginning; else those from whose name only characters are left out."""
        near = [key for key in self._grams.get(token[:2], ()) if self.names[key].core.startswith(token[:2])]
        begun = [key for key in near if self.names[key].core.startswith(token)]
        return self._in_order(begun or [key for key in near if is_left_over(token, self._from_core(key))])

    def containing(self, token: str) -> Keys:
        """The only member of whose name this is some part, if it is long enough to say something."""
        if len(token) < SHORTEST_PART:
            return ()
        found = [key for key in self._grams.get(token[:2], ()) if token in self.names[key].plain]
        return tuple(found) if len(found) == 1 else ()

    def masked(self, name: str) -> Keys:
        """Of people whose name the bank shows with stars: 龙*桂, *嘉桂."""
        shape = re.compile("".join("." if character == "*" else re.escape(character) for character in name))
        return self._in_order(
            key for person in self._people[len(name)] if shape.fullmatch(person) for key in self.by_person[person]
        )

    def staying(self, keys: Keys, on: date) -> Keys:
        """Without those that had left by then, unless nobody else remains."""
        return tuple(key for key in keys if not self.members[key].is_gone(on)) or keys

    def spelt(self, keys: Keys, words: str, text: str) -> Keys:
        """Of members whose names differ only by the script, those that a text spells as they do: 漵屹, not 溆屹."""
        found = tuple(key for key in keys if (own := self._own_spelling(key, words)) and own in unfolded(text))
        return found or keys

    def _own_spelling(self, key: str, words: str) -> str:
        plain, written = plain_name(self.members[key].name), unfolded(self.members[key].name)
        at = plain.find(words)
        return written[at : at + len(words)] if at >= 0 and len(plain) == len(written) else ""

    def is_part_of(self, token: str, key: str) -> bool:
        """Whether a word is some part of a member's name, or of it with characters left out."""
        name = self.names.get(key)
        return name is not None and (token in name.plain or is_left_over(token, self._from_core(key)))

    def called(self, keys: Iterable[str]) -> str:
        """Names for a sentence."""
        return "、".join(self.members[key].name for key in keys)

    def look_alikes(self, name: str) -> Keys:
        """The most similar names, best first: for a person to look at, never to be believed."""
        core = self.parse(name).core
        near = [key for short in _shorter(core) for key in self._shorter.get(short, ())]
        shared = Counter(key for gram in set(_grams(core)) for key in self._grams.get(gram, ()))
        grams = len(set(_grams(core)))
        alike = [(2 * n / (grams + len(self.names[key].core)), key) for key, n in shared.most_common(MOST_COMPARED)]
        best = sorted((pair for pair in alike if pair[0] >= LEAST_LIKENESS), key=lambda pair: -pair[0])
        return self._in_order([*near, *(key for _, key in best)])[:MOST_ALIKE]

    def _from_core(self, key: str) -> str:
        name = self.names[key]
        at = name.plain.find(name.core[:2])
        return name.plain[max(at, 0) :]

    def _cores(self) -> Iterator[tuple[str, str]]:
        for member in self._organisations:
            yield self.names[member.key].core, member.key
            yield plain_name(member.short_name), member.key
            for former in member.former_names:
                yield self.parse(former).core, member.key

    def _by_start(self) -> dict[str, list[Alias]]:
        """By their first two characters, the longest first. A full name means one member even if its core means two."""
        short = _index((text, key) for index in (self.by_core, self.by_former) for text in index for key in index[text])
        texts = {**short, **self.by_name}
        found: dict[str, list[Alias]] = defaultdict(list)
        for text in sorted(texts, key=lambda text: (-len(text), text)):
            if len(text) >= SHORTEST_ALIAS:
                found[text[:2]].append(Alias(text, texts[text]))
        return found

    def _by_gram(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key, name in self.names.items():
            for gram in set(_grams(name.plain)):
                found[gram].append(key)
        return found

    def _in_order(self, keys: Iterable[str]) -> Keys:
        return tuple(dict.fromkeys(keys))


def unfolded(text: str) -> str:
    """Without spaces and punctuation, but in the script in which it was written."""
    return re.sub(r"[\W_]+", "", clean(text)).lower()


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, Keys]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for text, key in pairs:
        if text:
            found[text][key] = None
    return {text: tuple(keys) for text, keys in found.items()}


def _shorter(text: str) -> list[str]:
    """The text, and the text without one of its characters: names that differ in one share one of these."""
    return [text, *(text[:at] + text[at + 1 :] for at in range(len(text)))] if 2 < len(text) < 16 else [text]


def _grams(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


def is_left_over(token: str, name: str) -> bool:
    """Whether the token is the name with characters left out: 恒泰标准件 of 恒泰模具标准件."""
    rest = iter(name)
    return len(token) > 2 and all(character in rest for character in token)
