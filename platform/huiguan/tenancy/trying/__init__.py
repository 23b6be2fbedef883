"""Trials of the walls between chambers, in schemas that are made for them and dropped again. [G2, G3]"""

from collections.abc import Iterator
from contextlib import contextmanager

from huiguan.tenancy import provisioning
from huiguan.tenancy.models import Chamber, schema_of
from huiguan.verifying import Say


@contextmanager
def throw_away(number: int, say: Say) -> Iterator[list[Chamber]]:
    """Places like chambers, with every table and a role, that no address leads to."""
    made: list[Chamber] = []
    try:
        for _number in range(number):
            key = provisioning.make_schema()
            made.append(Chamber(id=key, schema_name=schema_of(key), db_role=schema_of(key)))
        say(f"made {number} schemas")
        yield made
    finally:
        for each in made:
            provisioning.drop_schema(each.pk)
