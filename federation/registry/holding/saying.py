"""The words that a value is made of, in one spelling for a ledger's JSON and for a table's column. Pure."""

import datetime
import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.dateparse import parse_datetime


def words_of(value: Any) -> Iterator[str]:
    """Nothing of what is blank. The bytes of a file are their SHA-256."""
    if isinstance(value, Mapping):
        yield from words_of(value.values())
        yield from words_of([key for key, part in value.items() if part])
    elif isinstance(value, (bytes, memoryview)):
        yield hashlib.sha256(bytes(value)).hexdigest()
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for part in value:
            yield from words_of(part)
    elif value:
        yield _spelled(value)


def spellings(value: Any) -> Iterator[str]:
    """Of a content: a figure or a moment that is written as text is also what it says."""
    for word in words_of(value):
        yield word
        if (figure := _figure(word)) is not None:
            yield figure
        if (moment := _moment(word)) is not None:
            yield moment


def is_said(word: str, said: set[str]) -> bool:
    """Word for word; of a text that was told in parts, each part."""
    return word in said or all(line in said for line in word.split("\n") if line)


def _spelled(value: Any) -> str:
    if isinstance(value, bool):
        return "true"
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, (int, float, Decimal)):
        return _figure(str(value)) or str(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value).strip() if not isinstance(value, uuid.UUID) else str(value)


def _figure(word: str) -> str | None:
    try:
        found = Decimal(word)
    except InvalidOperation:
        return None
    return f"{found.normalize():f}" if found.is_finite() else None


def _moment(word: str) -> str | None:
    try:
        found = parse_datetime(word)
    except ValueError:
        return None
    return found.astimezone(datetime.UTC).isoformat() if found and found.tzinfo else None
