"""Entries of a trail that somebody with the owner's login edits, removes, exchanges or slips in: each must be found."""

from collections import Counter
from random import Random

from django.db import connections, transaction

from huiguan.audit import chains
from huiguan.audit.models import Entry
from huiguan.keys import uuid7
from huiguan.tenancy.owner import as_owner_of

EDITS = {
    "actor": "actor = actor || '某'",
    "record": "record_text = '另一个'",
    "verb": "verb = verb || 'x'",
    "kind": "model = 'members.Other'",
    "who": "actor_id = '00000000-0000-7000-8000-000000000001'",
    "which": "record_id = '00000000-0000-7000-8000-000000000002'",
    "when": "at = at + interval '1 second'",
    "changes": "changes = changes || '{\"x\": [1, 2]}'",
    "facts": "facts = facts || '{\"x\": 1}'",
}
OTHERS = ("removed", "exchanged", "slipped in", "cut at the end")


def tamper(schema_name: str, times: int, seed: int) -> tuple[Counter[str], list[str]]:
    """How often each kind was tried, and what was not found. Everything is taken back. The chain must be whole."""
    chance, tried, missed = Random(seed), Counter[str](), []  # noqa: S311 no secret
    for _number in range(times):
        kind = chance.choice([*EDITS, *OTHERS])
        with as_owner_of(schema_name):
            last = Entry.objects.using("owner").count()
            number = chance.randint(1, last - 1)
            _do(kind, number)
            tried[kind] += 1
            if chains.as_the_owner_sees(schema_name).is_whole:
                missed.append(f"{kind} at {number} of {last}")
            transaction.set_rollback(True, using="owner")
    return tried, missed


def _do(kind: str, number: int) -> None:
    if kind == "slipped in":
        return _slip_in(number)
    with connections["owner"].cursor() as cursor:
        if kind in EDITS:
            cursor.execute(f"update audit_entry set {EDITS[kind]} where number = %s", [number])  # noqa: S608
        elif kind == "removed":
            cursor.execute("delete from audit_entry where number = %s", [number])
        elif kind == "exchanged":
            for one, other in ((number, 0), (number + 1, number), (0, number + 1)):
                cursor.execute("update audit_entry set number = %s where number = %s", [other, one])
        else:
            cursor.execute("delete from audit_entry where number > %s", [number])
    return None


def _slip_in(number: int) -> None:
    """A forger who knows how digests are made: the entry itself is in order, and those after it are moved by one."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("update audit_entry set number = -number - 1 where number > %s", [number])
        cursor.execute("update audit_entry set number = -number where number < 0")
    forged = Entry.objects.using("owner").get(number=number)
    forged.pk, forged.number, forged.previous = uuid7(), number + 1, forged.digest
    forged.digest = forged.computed_digest()
    forged.save(using="owner", force_insert=True)
