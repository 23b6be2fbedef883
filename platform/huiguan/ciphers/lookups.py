"""How encrypted columns are asked: for a value by its digest, for a part by the hashes of its beginnings and ends.

Rows from before the encryption are found by their text, as long as there are any.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models.lookups import In, IsNull

from huiguan.ciphers.values import HEAD, MARK, asked_for

Sql = tuple[str, Any]


class Same(models.Lookup[Any]):
    """The whole value."""

    lookup_name = "exact"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Sql:
        column, params = self.process_lhs(compiler, connection)
        return _same(self.lhs.output_field, column, list(params), [self.rhs], connection)


class OneOf(In):
    """One of several values."""

    prepare_rhs = False

    def get_prep_lookup(self) -> Any:
        return self.rhs

    def as_sql(self, compiler: Any, connection: Any) -> Sql:
        column, params = self.process_lhs(compiler, connection)
        return _same(self.lhs.output_field, column, list(params), list(self.rhs), connection)


class Part(models.Lookup[Any]):
    """A part of the value, as it is typed into a search: its beginning or its end, or all of it."""

    prepare_rhs = False
    hows: ClassVar[tuple[str, ...]] = ("is", "begins", "ends")
    like: ClassVar[str] = "%{}%"

    def as_sql(self, compiler: Any, connection: Any) -> Sql:
        column, params = self.process_lhs(compiler, connection)
        field, text = self.lhs.output_field, str(self.rhs)
        tokens = _tokens(field, text, self.hows, connection)
        plain = f"({column} not like '{MARK}%%' and {column} ilike %s)"
        found = " or ".join([plain, *(f"strpos({column}, %s) > 0" for _token in tokens)])
        escaped = self.like.format(connection.ops.prep_for_like_query(text))
        return f"({found})", [*params, *params, escaped, *(each for token in tokens for each in (*params, token))]


class NotBy(models.Lookup[Any]):
    """Said by another key than this one, or by none; "" asks for what is not encrypted. An empty value needs none."""

    lookup_name = "not_by"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Sql:
        column, params = self.process_lhs(compiler, connection)
        said = f"{MARK}{self.rhs}"
        return f"({column} not in ('', '{{}}', '[]') and not starts_with({column}, %s))", [*params, *params, said]


class Beginning(Part):
    hows = ("is", "begins")
    like = "{}%"


class End(Part):
    hows = ("is", "ends")
    like = "%{}"


LOOKUPS = {
    "exact": Same, "iexact": Same, "in": OneOf, "isnull": IsNull, "contains": Part, "icontains": Part,
    "startswith": Beginning, "istartswith": Beginning, "endswith": End, "iendswith": End, "not_by": NotBy,
}  # fmt: skip


def _same(field: Any, column: str, params: list[Any], values: list[Any], connection: Any) -> Sql:
    """By what the ciphertexts begin with, which an index may hold: `substring(column, 1, 29)`."""
    texts = [field.text_of(value) for value in values if value is not None]
    if not any(texts):
        return f"{column} = any(%s)", [*params, texts]
    heads = [head for text in texts for head in _heads(field, text, connection)]
    wanted = [*heads, *(text[:HEAD] for text in texts)]
    found = f"(substring({column}, 1, {HEAD}) = any(%s) and ({column} like '{MARK}%%' or {column} = any(%s)))"
    return found, [*params, wanted, *params, *params, texts]


def _heads(field: Any, text: str, connection: Any) -> list[str]:
    """By each key that a row may still have; an empty value is empty under every key."""
    ring = _ring(connection)
    return [ring.ciphers[name].head(text, field.scope) for name in ring.live] if text else []


def _tokens(field: Any, text: str, hows: tuple[str, ...], connection: Any) -> list[str]:
    ring, asked = _ring(connection), asked_for(text, hows)
    return ["~" + ring.ciphers[name].token(field.scope, *each) for name in ring.live for each in asked]


def _ring(connection: Any) -> Any:
    from huiguan.ciphers.fields import chamber_of
    from huiguan.ciphers.ring import ring_of

    return ring_of(chamber_of(connection))
