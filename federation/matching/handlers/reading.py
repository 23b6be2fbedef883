"""What all handlers of the matching read from a message, and how they refuse."""

import datetime
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federation.matching.models import ExpressionOfInterest
from federation.registry.items import Item
from federation.registry.queries import sender
from huiguan.inbox.handlers import Delivered, Refused
from huiguan.states import WrongState

MOST_WORDS = 600


def interest_of(message: Delivered) -> ExpressionOfInterest:
    """One of the chamber's own introductions; another's does not exist for it, nor any once it takes no part."""
    sender(message, Item.MATCHING)
    mine = ExpressionOfInterest.objects.filter(federation_id=message.federation_id).of_chamber(message.chamber_id)
    found: ExpressionOfInterest | None = mine.filter(pk=key_of(message, "interest_id")).first()
    if found is None:
        raise Refused(_("There is no such introduction."))
    return found


def words_of(message: Delivered, name: str = "text") -> str:
    return str(message.content.get(name) or "").strip()[:MOST_WORDS]


def day_of(message: Delivered, name: str) -> datetime.date:
    """A day up to today: what lies ahead has not happened."""
    try:
        day = parse_date(str(message.content.get(name)))
    except ValueError:
        day = None
    if day is None or day > localdate():
        raise Refused(_("A day up to today belongs to this."))
    return day


def clean(record: Any) -> None:
    """Refuse values that the record does not know, in words."""
    try:
        record.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def save_once(record: Any) -> None:
    """A second of the same is no mistake of the sender's worth a retry: it is refused."""
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(_("This has been sent before.")) from error


def key_of(message: Delivered, name: str) -> uuid.UUID:
    try:
        return uuid.UUID(str(message.content.get(name)))
    except ValueError as error:
        raise Refused(_("The message names nothing that exists.")) from error


@contextmanager
def refusing_wrong_states() -> Iterator[None]:
    try:
        yield
    except WrongState as error:
        raise Refused(str(error)) from error
