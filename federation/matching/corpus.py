"""The texts that are searched, with the statistics of BM25 over all of them (federation.md A.3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log

import numpy as np
from numpy.typing import NDArray

from federation.matching.postings import Mask, Postings
from federation.matching.text import Analysed, Terms

SATURATION, LENGTH_SHARE = 1.2, 0.75  # k1 and b of BM25
FIXED = SATURATION * (1 - LENGTH_SHARE)
IDEAL_SHARE = 0.5  # half of the most a text could reach counts as a perfect answer

Scores = NDArray[np.float64]


class Counted:
    """One way of counting over several postings, of which some texts may have gone since. Never changes."""

    def __init__(self, parts: Sequence[tuple[Postings, Mask]]) -> None:
        self.parts = [(postings, None if mask.all() else mask) for postings, mask in parts]
        self.texts = sum(int(mask.sum()) for _postings, mask in parts)
        self.length = sum(int(postings.lengths[mask].sum()) for postings, mask in parts)
        self._by_length = SATURATION * LENGTH_SHARE * self.texts / self.length if self.length else 0.0
        self._rarities: dict[str, float] = {}

    def rarity(self, term: str) -> float:
        """The idf of a term. A term no document has counts as the rarest: what nobody offers must weigh."""
        found = self._rarities.get(term)
        if found is None:
            frequency = sum(_standing(postings, mask, term) for postings, mask in self.parts)
            found = self._rarities[term] = log(1 + (self.texts - frequency + 0.5) / (frequency + 0.5))
        return found

    def weights(self, asked: Iterable[str]) -> dict[str, float]:
        """What each term adds for a text that is full of it, as a share of the ideal."""
        rarities = {term: self.rarity(term) for term in sorted(set(asked))}
        ideal = IDEAL_SHARE * sum(rarities.values())
        return {term: rarity / ideal * (SATURATION + 1) for term, rarity in rarities.items()}

    def scores(self, asked: Iterable[str]) -> Scores:
        """The BM25 of every text as a share of the ideal, at most 1; 0 for those that share no term."""
        weights = self.weights(asked)
        reached = [self._reached(postings, weights) for postings, _mask in self.parts]
        return np.minimum(1.0, np.concatenate(reached)) if reached else np.empty(0)

    def score(self, asked: Iterable[str], text: Terms) -> float:
        """The same of one text."""
        damping = FIXED + self._by_length * sum(text.values())
        shared = ((gain, text[term]) for term, gain in self.weights(asked).items() if term in text)
        return min(1.0, sum(gain * count / (count + damping) for gain, count in shared))

    def _reached(self, postings: Postings, weights: dict[str, float]) -> Scores:
        reached, damping = np.zeros(len(postings.lengths)), FIXED + self._by_length * postings.lengths
        for term, gain in weights.items():
            if found := postings.having(term):
                rows, counts = found
                reached[rows] += gain * counts / (counts + damping[rows])
        return reached


@dataclass(frozen=True, slots=True)
class Corpus:
    """All texts that can be found, counted by words and by characters."""

    words: Counted = field(default_factory=lambda: Counted(()))
    characters: Counted = field(default_factory=lambda: Counted(()))

    @classmethod
    def of(cls, texts: Iterable[Analysed]) -> "Corpus":
        listed = list(texts)
        every = np.ones(len(listed), dtype=bool)
        both = [text.words for text in listed], [text.characters for text in listed]
        return cls(*(Counted([(Postings.of(terms), every)]) for terms in both))

    def scores(self, asked: Analysed) -> Scores:
        """From 0 to 1 for each text in its place: the mean of both ways of counting."""
        scores: Scores = (self.words.scores(asked.words) + self.characters.scores(asked.characters)) / 2
        return scores

    def score(self, asked: Analysed, text: Analysed) -> float:
        """The same of one text, whether or not it is among them."""
        by_words = self.words.score(asked.words, text.words)
        return (by_words + self.characters.score(asked.characters, text.characters)) / 2


def _standing(postings: Postings, mask: Mask | None, term: str) -> int:
    """In how many texts that are still there the term stands."""
    found = postings.having(term)
    if found is None:
        return 0
    return len(found[0]) if mask is None else int(np.count_nonzero(mask[found[0]]))
