"""The offers that can be found, ready to be ranked: their texts and what is the same for many of them, as arrays.

A stock never changes; a change makes another that shares what stayed. So a thread may read one while the next is made.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from federation.matching.corpus import Corpus, Counted, Scores
from federation.matching.postings import Mask, Postings
from federation.matching.profiles import Offer
from federation.matching.scoring import Ceiling
from federation.matching.text import Analysed

Value = TypeVar("Value", bound=Hashable)
FIRST, FURTHER = 128, 4  # so many of the promising are sorted out, then so many times as many
SMALLER = 4  # a part is joined to the next when it is less than so many times as large: there are never many parts


@dataclass(frozen=True, slots=True)
class Column(Generic[Value]):
    """One value of each offer, as the number of a value."""

    values: tuple[Value, ...]
    numbers: NDArray[np.int32]

    @classmethod
    def of(cls, each: Iterable[Value]) -> "Column[Value]":
        numbered: dict[Value, int] = {}
        numbers = np.fromiter((numbered.setdefault(value, len(numbered)) for value in each), dtype=np.int32)
        return cls(tuple(numbered), numbers)

    def worked_out(self, work: Callable[[Value], float]) -> Scores:
        """Of each offer; worked out once for each value."""
        return np.fromiter(map(work, self.values), dtype=np.float64)[self.numbers]


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the offers; `kept` is false for those that have gone since."""

    offers: tuple[Offer, ...]
    words: Postings
    characters: Postings
    kept: Mask
    rows: dict[str, int]
    categories: Column[str]
    regions: Column[tuple[str, ...]]
    chambers: Column[str]

    @classmethod
    def of(cls, new: Sequence[tuple[Offer, Analysed]]) -> "Part":
        texts = [text for _offer, text in new]
        words, characters = [text.words for text in texts], [text.characters for text in texts]
        return cls._made((offer for offer, _text in new), Postings.of(words), Postings.of(characters))

    @classmethod
    def joined(cls, parts: Sequence["Part"]) -> "Part":
        """All that are still there."""
        offers = (offer for part in parts for offer, kept in zip(part.offers, part.kept, strict=True) if kept)
        words = Postings.joined([(part.words, part.kept) for part in parts])
        return cls._made(offers, words, Postings.joined([(part.characters, part.kept) for part in parts]))

    def without(self, gone: Collection[str]) -> "Part":
        rows = [self.rows[key] for key in gone if key in self.rows]
        if not rows:
            return self
        kept = self.kept.copy()
        kept[rows] = False
        columns = self.rows, self.categories, self.regions, self.chambers
        return Part(self.offers, self.words, self.characters, kept, *columns)

    @classmethod
    def _made(cls, each: Iterable[Offer], words: Postings, characters: Postings) -> "Part":
        offers = tuple(each)
        return cls(
            offers, words, characters, np.ones(len(offers), dtype=bool),
            {offer.id: row for row, offer in enumerate(offers)},
            Column.of(offer.category for offer in offers),
            Column.of(offer.regions for offer in offers),
            Column.of(offer.chamber for offer in offers),
        )  # fmt: skip


@dataclass(frozen=True)
class Stock:
    """All parts, the large ones first. A row is the place of an offer in `offers`, which names some that have gone."""

    parts: tuple[Part, ...] = ()

    @classmethod
    def of(cls, offers: Iterable[tuple[Offer, Analysed]]) -> "Stock":
        return cls().changed(list(offers))

    def changed(self, new: Sequence[tuple[Offer, Analysed]], gone: Collection[str] = ()) -> "Stock":
        """With these, in place of earlier ones of the same keys, and without those that are gone."""
        leaving = {*gone, *(offer.id for offer, _text in new)}
        parts = [part.without(leaving) for part in self.parts]
        parts += [Part.of(new)] if new else []
        while len(parts) > 1 and len(parts[-2].offers) < SMALLER * len(parts[-1].offers):
            parts[-2:] = [Part.joined(parts[-2:])]
        return Stock(tuple(parts))

    @cached_property
    def corpus(self) -> Corpus:
        """Texts that have gone count nowhere, but keep their rows."""
        words = Counted([(part.words, part.kept) for part in self.parts])
        return Corpus(words, Counted([(part.characters, part.kept) for part in self.parts]))

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        return tuple(chain.from_iterable(part.offers for part in self.parts))

    @cached_property
    def kept(self) -> Mask:
        return np.concatenate([np.empty(0, dtype=bool), *(part.kept for part in self.parts)])

    def worked_out(self, category: Callable[[str], float], regions: Callable[[tuple[str, ...]], float]) -> Scores:
        """Two values of each row, one below the other."""
        both = [
            np.stack([part.categories.worked_out(category), part.regions.worked_out(regions)]) for part in self.parts
        ]
        return np.concatenate([np.empty((2, 0)), *both], axis=1)

    def among(self, chambers: Collection[str], without: Collection[str] = ()) -> Mask:
        """The rows of these chambers, but not these offers."""
        of_them = [part.chambers.worked_out(chambers.__contains__) for part in self.parts]
        mask: Mask = np.concatenate([np.empty(0), *of_them]).astype(bool)
        mask[list(self._rows(without))] = False
        return mask

    def promising(
        self, asked: Analysed, ceiling: Ceiling, among: Mask | None = None
    ) -> Iterator[tuple[float, float, Offer]]:
        """Those that can score most first: the most that each can, how near its words are, itself."""
        texts = self.corpus.scores(asked)
        near, there = self.worked_out(ceiling.categories.__getitem__, ceiling.regions.__getitem__)
        most, offers = ceiling.of(texts, near, there), self.offers
        rows = np.flatnonzero(self.kept if among is None else self.kept & among)
        for some in _by_value(most, rows):
            listed = zip(most[some].tolist(), texts[some].tolist(), map(offers.__getitem__, some.tolist()), strict=True)
            yield from sorted(listed, key=lambda each: (-each[0], each[2].id))

    def _rows(self, keys: Collection[str]) -> Iterator[int]:
        first = 0
        for part in self.parts:
            yield from (first + part.rows[key] for key in keys if key in part.rows)
            first += len(part.offers)


def _by_value(values: Scores, rows: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """The rows in groups, each with all its values above those of the next; not sorted within."""
    size = FIRST
    while len(rows) > size:
        mine = values[rows]
        is_high = mine >= np.partition(mine, -size)[-size]
        yield rows[is_high]
        rows, size = rows[~is_high], FURTHER * size
    yield rows
