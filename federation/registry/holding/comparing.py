"""Holds every field of the federation's tables against the sharing ledgers of the chambers that it is about."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.timezone import localdate

from federation.registry.holding import Holding, holdings, unnamed
from federation.registry.holding.saying import is_said, spellings, words_of
from huiguan.inbox.handlers import digest_of
from huiguan.inbox.models import Receipt
from huiguan.outbox.models import Message
from huiguan.tenancy.binding import in_chamber, in_site
from huiguan.tenancy.models import Chamber

Place = tuple[uuid.UUID, uuid.UUID]  # a chamber, and the federation it spoke to


@dataclass
class Ledgers:
    """`said`: all words that a chamber ever told a federation. `digests`: of each message by its key."""

    said: Mapping[Place, set[str]]
    digests: Mapping[uuid.UUID, str]
    chambers: set[uuid.UUID]


@dataclass
class Comparison:
    """`foreign`: what no ledger says and nothing explains, as sentences. `gone`: rows of chambers that are erased."""

    tables: int = 0
    rows: int = 0
    words: int = 0
    gone: int = 0
    messages: int = 0
    foreign: list[str] = field(default_factory=list)


def compare() -> Comparison:
    """Read as the site; the sealed table of raw figures by the owner's login."""
    ledgers = _read_ledgers()
    with in_site():
        found = Comparison(messages=len(ledgers.digests), foreign=[f"{name}: named by no folder" for name in unnamed()])
        for holding in holdings().values():
            if holding.whose:
                found.tables += 1
                _compare_table(holding, ledgers, found)
        found.foreign += _unknown_receipts(ledgers)
    return found


def _read_ledgers() -> Ledgers:
    """Of every chamber that has its tables here."""
    ledgers = Ledgers(defaultdict(set), {}, set())
    for chamber in Chamber.objects.exclude(status=Chamber.Status.ERASED):
        with in_chamber(chamber):
            _read_ledger(chamber, ledgers)
    return ledgers


def _read_ledger(chamber: Chamber, ledgers: Ledgers) -> None:
    ledgers.chambers.add(chamber.pk)
    for message in Message.objects.iterator(500):
        said: set[str] = ledgers.said[chamber.pk, message.recipient_id]
        said.update(spellings(message.content))
        said.update(words_of([message.id, message.created_at, localdate(message.created_at)]))
        ledgers.digests[message.id] = digest_of(message.content)  # type: ignore[index]


def _compare_table(holding: Holding, ledgers: Ledgers, found: Comparison) -> None:
    names = [each.attname for each in holding.compared()]
    rows = holding.model._base_manager.using(holding.login).order_by("pk")
    for row in rows.values("pk", *names, *holding.whose, holding.federation).iterator(200):
        found.rows += 1
        owners = {row[lookup] for lookup in holding.whose if row[lookup]}
        if owners - ledgers.chambers:
            found.gone += 1
            continue
        said = set().union(*(ledgers.said[owner, row[holding.federation]] for owner in owners))
        for name in names:
            found.foreign += _foreign(holding, row, name, said, found)


def _foreign(holding: Holding, row: Mapping[str, Any], name: str, said: set[str], found: Comparison) -> Iterator[str]:
    for word in words_of(row[name]):
        found.words += 1
        if not is_said(word, said):
            yield f"{holding.model._meta.label}.{name} of {row['pk']}: “{word[:60]}” stands in no ledger"


def _unknown_receipts(ledgers: Ledgers) -> Iterator[str]:
    """What the federation signed for is in the ledger with the same content; a secret one has no digest there."""
    for receipt in Receipt.objects.filter(chamber_id__in=ledgers.chambers).iterator(500):
        digest = ledgers.digests.get(receipt.message_id)
        if digest is None or receipt.digest not in ("", digest):
            yield f"{receipt.name} {receipt.message_id}: received otherwise than the ledger says"
