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
class TextScore:
    """How well a text answers the words of another, from 0 to 1, and the words they share."""

    value: float = 0.0
    matched: list[str] = field(default_factory=list)


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

    def scores(self, asked: Iterable[str], only: Collection[str] | None = None) -> dict[str, TextScore]:
        """BM25 of every document that shares a term, as a share of the ideal; `only` these documents when given."""
        terms = sorted(set(asked))
        found: dict[str, TextScore] = defaultdict(TextScore)
        ideal = IDEAL_SHARE * sum(map(self.rarity, terms))
        for term in terms:
            rarity = self.rarity(term) / ideal
            for key, count in self._counts(term, only):
                found[key].value += rarity * self._saturate(key, count)
                found[key].matched.append(term)
        return found

    def _counts(self, term: str, only: Collection[str] | None) -> Iterable[tuple[str, int]]:
        having = self.documents.get(term, {})
        return having.items() if only is None else [(key, having[key]) for key in only if key in having]

    def _saturate(self, key: str, count: int) -> float:
        average = self.total_length / len(self.lengths)
        norm = 1 - LENGTH_SHARE + LENGTH_SHARE * self.lengths[key] / average
        return count * (SATURATION + 1) / (count + SATURATION * norm)


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

    def scores(self, asked: Analysed, only: Collection[str] | None = None) -> dict[str, TextScore]:
        """The mean over the two ways of counting, for every text that shares a term with what is asked."""
        found: dict[str, TextScore] = defaultdict(TextScore)
        for postings, terms in self._both(asked):
            for key, score in postings.scores(terms, only).items():
                found[key].value += min(1.0, score.value) / 2
                found[key].matched += score.matched
        return found

    def _both(self, analysed: Analysed) -> Iterator[tuple[Postings, Terms]]:
        yield self.words, analysed.words
        yield self.characters, analysed.characters
