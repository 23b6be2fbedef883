"""The best answers to a need, explained, and why others that come near are not among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import heappush, heappushpop
from typing import TYPE_CHECKING

from federation.matching import inference, scoring
from federation.matching.constraints import Reason, fits, refusals
from federation.matching.profiles import Need, Offer
from federation.matching.text import Analysed, analyse, shared

if TYPE_CHECKING:
    from federation.matching.corpus import Corpus
    from federation.matching.postings import Mask
    from federation.matching.stock import Stock

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
    score: float
    matched: tuple[str, ...] = ()


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
    """A need, read once."""

    need: Need
    asked: Analysed
    ceiling: scoring.Ceiling

    @classmethod
    def put(cls, need: Need) -> "Question":
        asked = analyse(need.title, need.text)
        return cls(need, asked, scoring.Ceiling(scoring.Reading(need, *inference.guess(asked, need.unit))))

    def match(self, offer: Offer, text: float) -> Match:
        """Without the terms they share, which only those that are shown need. `text`: how near the words are."""
        parts = self.ceiling.parts(offer, text)
        return Match(offer, parts, parts.total)

    def explained(self, match: Match) -> Match:
        text = analyse(match.offer.title, match.offer.text)
        return replace(match, matched=shared(self.asked, text))


def rank(need: Need, stock: "Stock", *, on: date, among: "Mask | None" = None, limit: int = TOP) -> Ranking:
    """Within the hard limits, by score. `among`: the rows of the stock that may be shown, otherwise all.

    The promising are scored in full, until nothing that was left out could be among the best.
    """
    question = Question.put(need)
    fitting: list[Match] = []
    refused: list[Match] = []
    best: list[float] = []
    for number, (most, text, offer) in enumerate(stock.promising(question.asked, question.ceiling, among)):
        if number >= CANDIDATES and len(best) == limit and most < best[0]:
            break
        match = question.match(offer, text)
        if not fits(need, offer, on=on):
            refused.append(match)
            continue
        fitting.append(match)
        heappush(best, match.score) if len(best) < limit else heappushpop(best, match.score)
    shown = worth_showing(need, sorted(fitting, key=_by_score))[:limit]
    return Ranking(tuple(map(question.explained, shown)), tuple(_near_misses(question, refused, on))[:limit])


def rank_needs(
    offer: Offer, needs: Iterable[Need], corpus: "Corpus", *, on: date, limit: int = TOP
) -> list[tuple[Need, Match]]:
    """The other way round: the needs that an offer answers best, by the same score."""
    found, text = [], analyse(offer.title, offer.text)
    for need in needs:
        if fits(need, offer, on=on):
            question = Question.put(need)
            match = question.match(offer, corpus.score(question.asked, text))
            found += [(question, match)] if worth_showing(need, [match]) else []
    best = sorted(found, key=lambda pair: (-pair[1].score, pair[0].need.id))[:limit]
    return [(question.need, question.explained(match)) for question, match in best]


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
