"""Which date of a poll is taken: a pure function of the answers, so that anybody can check it. [federation.md C]

First the most chambers able to come, then the fewest left out a second time in a row, then what suits the host.
What is equal still goes to the more certain answers, then to the earlier date.
"""

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Word(StrEnum):
    """`MAYBE`: if need be. It counts as able to come."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


SUITS = {Word.YES: 0, Word.MAYBE: 1, None: 2, Word.NO: 3}  # the host's answer, the best first


@dataclass(frozen=True)
class Option:
    """One date with what each chamber said about it; a chamber that has said nothing is not there."""

    key: uuid.UUID
    starts_at: datetime.datetime
    answers: Mapping[uuid.UUID, Word]

    def saying(self, *words: Word) -> frozenset[uuid.UUID]:
        return frozenset(chamber for chamber, word in self.answers.items() if word in words)

    @property
    def able(self) -> frozenset[uuid.UUID]:
        return self.saying(Word.YES, Word.MAYBE)

    @property
    def unable(self) -> frozenset[uuid.UUID]:
        return self.saying(Word.NO)


def ranked(
    options: Iterable[Option], *, host: uuid.UUID | None, left_out_before: Collection[uuid.UUID]
) -> list[Option]:
    """The best first. `left_out_before`: who could not come on the date of the session before."""

    def key(option: Option) -> tuple[int, int, int, int, datetime.datetime]:
        again = option.unable & frozenset(left_out_before)
        suits = SUITS[option.answers.get(host) if host else None]
        return -len(option.able), len(again), suits, -len(option.saying(Word.YES)), option.starts_at

    return sorted(options, key=key)
