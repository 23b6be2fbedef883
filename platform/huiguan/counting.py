"""Numbers without gaps: counted on a row that stays locked to the end of the transaction. [docs/security.md, rule 17]

Two who ask at once get two numbers; a transaction that fails gives its number back.
"""

from typing import Any

from django.db import connection, models

from huiguan import trail


def next_of(counter: models.QuerySet[Any]) -> int:
    """Count on in the one row that the queryset finds; its `last_number` is the last that was given out."""
    [number] = next_many(counter, 1)
    return number


def next_many(counter: models.QuerySet[Any], how_many: int) -> range:
    """So many numbers in a row, for what is made many at once."""
    assert connection.in_atomic_block, "a number is counted in the transaction that uses it"
    trail.take_turn()
    row = counter.select_for_update().get()
    first = row.last_number + 1
    row.last_number += how_many
    row.save()
    return range(first, first + how_many)
