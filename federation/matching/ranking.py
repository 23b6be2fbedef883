"""The best answers to a need, explained, and why the others are not among them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from federation.matching import inference, scoring
from federation.matching.constraints import Reason, refusals
from federation.matching.corpus import Corpus, TextScore
from federation.matching.profiles import Need, Offer
from federation.matching.text import analyse

ALGORITHM = "2025.1"  # kept with every suggestion; raise it when a weight, a word list or a rule changes
TOP = 5
FEW = 20  # so many texts are scored one by one, more by their postings

# How much of a need's words an offer must share to answer it, by the nearness of its category. Of the same kind and
# within all limits: worth a look whatever the words. Measured on the sets of tests/data, see docs/decisions/0022.
ENOUGH_WORDS = ((0.75, 0.0), (0.5, 0.03), (0.35, 0.15), (0.0, 0.45))
# Below the first two, or the third, an offer is not worth a place in a list; the third is a share of the best score.
STRANGE, WORDLESS, FAR_BEHIND = 0.2, 0.1, 0.4


@dataclass(frozen=True, slots=True)
class Match:
    """An offer that may answer the need, with what its score is made of and the words they share."""

    offer: Offer
    parts: scoring.Parts
    matched: tuple[str, ...]

    @property
    def score(self) -> float:
        return self.parts.total


@dataclass(frozen=True, slots=True)
class Refusal:
    """An offer that cannot answer the need, and each limit it breaks."""

    offer: Offer
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """`matches` best first, empty if nobody answers; `refusals` in the order of the offers."""

    matches: tuple[Match, ...]
    refusals: tuple[Refusal, ...]


def rank(need: Need, offers: Mapping[str, Offer], corpus: Corpus, *, on: date, limit: int = TOP) -> Ranking:
    """Hard limits first, then the score. `corpus` holds the texts of all open offers, whoever may see them."""
    refused = {key: reasons for key, offer in offers.items() if (reasons := refusals(need, offer, on=on))}
    matches = score_all(need, [offer for key, offer in offers.items() if key not in refused], corpus)
    return Ranking(
        matches=tuple(worth_showing(need, matches)[:limit]),
        refusals=tuple(Refusal(offers[key], tuple(reasons)) for key, reasons in refused.items()),
    )


def near_misses(need: Need, refused: Iterable[Refusal], corpus: Corpus, *, limit: int = TOP) -> list[Refusal]:
    """Those that would have been worth showing, best first: for them it helps to know the reason."""
    reasons = {refusal.offer.id: refusal for refusal in refused}
    matches = worth_showing(need, score_all(need, [refusal.offer for refusal in reasons.values()], corpus))
    return [reasons[match.offer.id] for match in matches[:limit]]


def score_all(need: Need, offers: Iterable[Offer], corpus: Corpus) -> list[Match]:
    """All offers with their score, best first; the same question always has the same answer."""
    asked, listed = analyse(need.title, need.text), list(offers)
    reading = scoring.Reading(need, *inference.guess(asked, need.unit))
    texts = corpus.scores(asked, only=[offer.id for offer in listed] if len(listed) < FEW else None)
    matches = [_match(reading, offer, texts.get(offer.id, TextScore())) for offer in listed]
    return sorted(matches, key=lambda match: (-match.score, match.offer.id))


def rank_needs(
    offer: Offer, needs: Iterable[Need], corpus: Corpus, *, on: date, limit: int = TOP
) -> list[tuple[Need, Match]]:
    """The other way round: the needs that an offer answers best, by the same score."""
    found = []
    for need in needs:
        if not refusals(need, offer, on=on):
            found += [(need, match) for match in worth_showing(need, score_all(need, [offer], corpus))]
    return sorted(found, key=lambda pair: (-pair[1].score, pair[0].id))[:limit]


def worth_showing(need: Need, matches: Sequence[Match]) -> list[Match]:
    """Nothing at all when no offer answers; otherwise all but those that share neither kind nor words."""
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


def _match(reading: scoring.Reading, offer: Offer, text: TextScore) -> Match:
    return Match(offer, scoring.score(reading, offer, text), tuple(dict.fromkeys(text.matched)))
