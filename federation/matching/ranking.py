"""The best answers to a need, explained, and why others that come near are not among them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import heapify, heappop, heappush, heappushpop

from federation.matching import inference, scoring
from federation.matching.constraints import Reason, fits, refusals
from federation.matching.corpus import Corpus
from federation.matching.profiles import Need, Offer
from federation.matching.text import Analysed, analyse

ALGORITHM = "2026.1"  # kept with every suggestion; raise it when a weight, a word list or a rule changes
TOP = 5
CANDIDATES = 100  # so many at least are scored in full, those with the highest ceiling first

# How much of a need's words an offer must share to answer it, by the nearness of its category. Of the same kind and
# within all limits: worth a look whatever the words. Measured on the sets of tests/data, see docs/decisions/0022.
ENOUGH_WORDS = ((0.75, 0.0), (0.5, 0.03), (0.35, 0.15), (0.0, 0.45))
# Below the first two, or the third, an offer is not worth a place in a list; the third is a share of the best score.
STRANGE, WORDLESS, FAR_BEHIND = 0.2, 0.1, 0.4

# Limits that tell nothing about what another chamber keeps to itself.
TELLABLE = frozenset({Reason.WINDOW, Reason.REGION, Reason.CAPACITY, Reason.BUDGET, Reason.LEAD_TIME})


@dataclass(frozen=True, slots=True)
class Match:
    """An offer that may answer the need, with what its score is made of and the terms they share."""

    offer: Offer
    parts: scoring.Parts
    matched: tuple[str, ...]

    @property
    def score(self) -> float:
        return self.parts.total


@dataclass(frozen=True, slots=True)
class Refusal:
    """An offer that would have been worth showing, and each limit it breaks."""

    offer: Offer
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """`matches` best first, empty if nobody answers; `near_misses` the same way."""

    matches: tuple[Match, ...]
    near_misses: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A need, read and looked up once."""

    need: Need
    asked: Analysed
    ceiling: scoring.Ceiling
    corpus: Corpus
    texts: Mapping[str, float]

    @classmethod
    def put(cls, need: Need, corpus: Corpus, only: Sequence[str] | None = None) -> "Question":
        asked = analyse(need.title, need.text)
        reading = scoring.Reading(need, *inference.guess(asked, need.unit))
        return cls(need, asked, scoring.Ceiling(reading), corpus, corpus.scores(asked, only))

    def match(self, offer: Offer) -> Match:
        return self.explained(self.scored(offer))

    def scored(self, offer: Offer) -> Match:
        """Without the terms they share, which only those that are shown need."""
        return Match(offer, self.ceiling.parts(offer, self.texts.get(offer.id, 0.0)), ())

    def explained(self, match: Match) -> Match:
        return replace(match, matched=self.corpus.shared(self.asked, match.offer.id))

    def promising(self, offers: Iterable[Offer]) -> Iterator[tuple[float, Offer]]:
        """All of them, those that can score most first, with the most that each can."""
        most, text = self.ceiling.of, self.texts.get
        waiting = [(-most(offer, text(offer.id, 0.0)), offer.id, offer) for offer in offers]
        heapify(waiting)
        while waiting:
            least, _key, offer = heappop(waiting)
            yield -least, offer


def rank(need: Need, offers: Mapping[str, Offer], corpus: Corpus, *, on: date, limit: int = TOP) -> Ranking:
    """Within the hard limits, by score. `corpus` holds the texts of all open offers, whoever may see them.

    The promising are scored in full, until nothing that was left out could be among the best.
    """
    question = Question.put(need, corpus)
    fitting: list[Match] = []
    refused: list[Match] = []
    best: list[float] = []
    for number, (most, offer) in enumerate(question.promising(offers.values())):
        if number >= CANDIDATES and len(best) == limit and most < best[0]:
            break
        match = question.scored(offer)
        if not fits(need, offer, on=on):
            refused.append(match)
            continue
        fitting.append(match)
        heappush(best, match.score) if len(best) < limit else heappushpop(best, match.score)
    shown = worth_showing(need, sorted(fitting, key=_by_score))[:limit]
    return Ranking(tuple(map(question.explained, shown)), tuple(_near_misses(question, refused, on))[:limit])


def rank_needs(
    offer: Offer, needs: Iterable[Need], corpus: Corpus, *, on: date, limit: int = TOP
) -> list[tuple[Need, Match]]:
    """The other way round: the needs that an offer answers best, by the same score."""
    found = []
    for need in needs:
        if fits(need, offer, on=on):
            match = Question.put(need, corpus, only=[offer.id]).match(offer)
            found += [(need, match)] if worth_showing(need, [match]) else []
    return sorted(found, key=lambda pair: (-pair[1].score, pair[0].id))[:limit]


def worth_showing(need: Need, matches: Sequence[Match]) -> list[Match]:
    """Nothing at all when no offer answers; otherwise those that share a kind or words and are not far behind."""
    if not any(_answers(need, match) for match in matches):
        return []
    least = FAR_BEHIND * max(match.score for match in matches)
    related = (m for m in matches if m.parts.category >= STRANGE or m.parts.text >= WORDLESS)
    return [match for match in related if match.score >= least]


def _answers(need: Need, match: Match) -> bool:
    if match.offer.category == need.category:
        return True
    needed = next(words for nearness, words in ENOUGH_WORDS if match.parts.category >= nearness)
    return match.parts.text >= needed


def _near_misses(question: Question, refused: Iterable[Match], on: date) -> Iterable[Refusal]:
    for match in worth_showing(question.need, sorted(refused, key=_by_score)):
        reasons = refusals(question.need, match.offer, on=on)
        if TELLABLE.issuperset(reasons):
            yield Refusal(match.offer, tuple(reasons))


def _by_score(match: Match) -> tuple[float, str]:
    return -match.score, match.offer.id
