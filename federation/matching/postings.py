"""For each term the texts it stands in and how often, as arrays that never change: many threads read them at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from federation.matching.text import Terms

Rows = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Postings:
    """One way of counting. Texts are numbered from 0; term `places[t]` stands in `rows[starts[t]:starts[t + 1]]`,
    ascending, `counts` times each. `lengths`: of each text, in terms."""

    places: dict[str, int]
    starts: NDArray[np.int64]
    rows: Rows
    counts: Rows
    lengths: Rows

    @classmethod
    def of(cls, texts: Sequence[Terms]) -> "Postings":
        places: dict[str, int] = {}
        terms = _numbers(places.setdefault(term, len(places)) for text in texts for term in text)
        counts = _numbers(chain.from_iterable(text.values() for text in texts))
        rows = np.repeat(np.arange(len(texts), dtype=np.int32), [len(text) for text in texts])
        return _sorted(places, terms, rows, counts, _numbers(sum(text.values()) for text in texts))

    @classmethod
    def joined(cls, kept: Sequence[tuple["Postings", Mask]]) -> "Postings":
        """Those texts alone that the masks keep, numbered on from one to the next."""
        places: dict[str, int] = {}
        told, first = [], 0
        for postings, mask in kept:
            told.append(postings._moved(places, mask, first))
            first += int(mask.sum())
        lengths = np.concatenate([postings.lengths[mask] for postings, mask in kept])
        terms, rows, counts = (np.concatenate(each) for each in zip(*told, strict=True))
        return _sorted(places, terms, rows, counts, lengths)

    def having(self, term: str) -> tuple[Rows, Rows] | None:
        """The texts it stands in, and how often."""
        place = self.places.get(term)
        if place is None:
            return None
        span = slice(self.starts[place], self.starts[place + 1])
        return self.rows[span], self.counts[span]

    def _moved(self, places: dict[str, int], mask: Mask, first: int) -> tuple[Rows, Rows, Rows]:
        """Term, text and count of each posting that is kept, by the numbers they get; new terms are numbered on."""
        numbers = _numbers(places.setdefault(term, len(places)) for term in self.places)
        is_kept = mask[self.rows]
        terms = np.repeat(numbers, np.diff(self.starts))[is_kept]
        rows = (np.cumsum(mask, dtype=np.int32) - 1 + np.int32(first))[self.rows[is_kept]]
        return terms, rows, self.counts[is_kept]


def _sorted(places: dict[str, int], terms: Rows, rows: Rows, counts: Rows, lengths: Rows) -> Postings:
    order = np.argsort(terms, kind="stable")  # the texts of each term stay in their order
    starts = np.concatenate([[0], np.cumsum(np.bincount(terms, minlength=len(places)))])
    return Postings(places, starts, rows[order], counts[order], lengths)


def _numbers(values: Iterable[Any]) -> Rows:
    return np.fromiter(values, dtype=np.int32)
