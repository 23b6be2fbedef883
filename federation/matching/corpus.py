"""The texts that are searched, as postings with the statistics of BM25 (federation.md A.3)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import log
from typing import Self

from federation.matching.text import Analysed, Terms

SATURATION, LENGTH_SHARE = 1.2, 0.75  # k1 and b of BM25
IDEAL_SHARE = 0.5  # half of the most a text could reach counts as a perfect answer


@dataclass(slots=True)
class Postings:
    """One way of counting: for each term, the documents it stands in and how often."""

    documents: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    lengths: dict[str, int] = field(default_factory=dict)
    total_length: int = 0

    def add(self, key: str, terms: Terms) -> None:
        for term, count in terms.items():
            self.documents[term][key] = count
        self.lengths[key] = sum(terms.values())
        self.total_length += self.lengths[key]

    def remove(self, key: str, terms: Iterable[str]) -> None:
        for term in terms:
            self.documents[term].pop(key, None)
        self.total_length -= self.lengths.pop(key, 0)

    def rarity(self, term: str) -> float:
        """The idf of a term. A term no document has counts as the rarest: what nobody offers must weigh."""
        frequency = len(self.documents.get(term, ()))
        return log(1 + (len(self.lengths) - frequency + 0.5) / (frequency + 0.5))

    def add_scores(self, asked: Iterable[str], found: dict[str, float], only: Collection[str] | None = None) -> None:
        """Add half of the BM25 of every document that shares a term, as a share of the ideal and at most 1."""
        terms = sorted(set(asked))
        ideal = IDEAL_SHARE * sum(map(self.rarity, terms))
        reached: dict[str, float] = defaultdict(float)
        for term in terms:
            self._add_term(term, self.rarity(term) / ideal, reached, only)
        for key, share in reached.items():
            found[key] += min(1.0, share) / 2

    def _add_term(self, term: str, weight: float, reached: dict[str, float], only: Collection[str] | None) -> None:
        having = self.documents.get(term, {})
        counts = having.items() if only is None else [(key, having[key]) for key in only if key in having]
        fixed = SATURATION * (1 - LENGTH_SHARE)
        by_length = SATURATION * LENGTH_SHARE * len(self.lengths) / self.total_length if self.total_length else 0.0
        lengths, gain = self.lengths, weight * (SATURATION + 1)
        for key, count in counts:
            reached[key] += gain * count / (count + fixed + by_length * lengths[key])


@dataclass(slots=True)
class Corpus:
    """All texts that can be found, counted by words and by characters."""

    words: Postings = field(default_factory=Postings)
    characters: Postings = field(default_factory=Postings)
    texts: dict[str, Analysed] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Mapping[str, Analysed]) -> Self:
        corpus = cls()
        for key, analysed in texts.items():
            corpus.add(key, analysed)
        return corpus

    def add(self, key: str, analysed: Analysed) -> None:
        self.discard(key)
        self.texts[key] = analysed
        for postings, terms in self._both(analysed):
            postings.add(key, terms)

    def discard(self, key: str) -> None:
        if analysed := self.texts.pop(key, None):
            for postings, terms in self._both(analysed):
                postings.remove(key, terms)

    def scores(self, asked: Analysed, only: Collection[str] | None = None) -> dict[str, float]:
        """From 0 to 1 for every text that shares a term, or for `only` these: the mean of both ways of counting."""
        found: dict[str, float] = defaultdict(float)
        for postings, terms in self._both(asked):
            postings.add_scores(terms, found, only)
        return found

    def shared(self, asked: Analysed, key: str) -> tuple[str, ...]:
        """The terms that a text shares with what is asked."""
        text = self.texts.get(key)
        if text is None:
            return ()
        return tuple(sorted(asked.words.keys() & text.words) + sorted(asked.characters.keys() & text.characters))

    def _both(self, analysed: Analysed) -> Iterator[tuple[Postings, Terms]]:
        yield self.words, analysed.words
        yield self.characters, analysed.characters
