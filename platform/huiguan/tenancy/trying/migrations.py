"""A migration that is killed again and again: each chamber is at head or as it was, and who is behind is closed. [G20]

The step that is brought is one of the house's own, taken back before: the table of a chamber's messages.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from django.db import ProgrammingError, connections, transaction
from django.test import Client

from huiguan.ciphers.handing import destroy
from huiguan.outbox.models import Message
from huiguan.tenancy import hosts, migrating, provisioning
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber, Domain
from huiguan.verifying import Options, Result, Say

ADDRESS = "verify-migrations-"
FEW, AT_MOST_SECONDS = 4, 0.3  # chambers that are brought before the kill, and how long after the last of them
GOOD, CLOSED = (200, 302), 503
OWNERS = """
    select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
    and application_name = current_setting('application_name') and usename = current_user and state <> 'idle'
"""
HAS_TABLE = "select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relname = %s"


def migrations(options: Options, say: Say) -> Result:
    """Rounds that are killed; one in which a chamber is busy, which must be named; and one to the end."""
    chance, met = Random(options["seed"]), Counter[str]()  # noqa: S311 no secret
    with _chambers(options["chambers"], say) as chambers:
        _take_back(chambers)
        for number in range(options["kills"]):
            met["killed"] += _kill_a_round(chance)
            at_head = look_at(chambers, met)
            say(f"kill {number + 1}: {at_head} of {len(chambers)} at head, {met['wrong']} wrong")
            if at_head == len(chambers):
                _take_back(chambers)
        met["named"] = _is_named_while_busy(chambers[-1])
        met["ended well"] = _to_the_end()
        met["at head"] = look_at(chambers, met)
    return _result(met, options)


def look_at(chambers: list[Chamber], met: Counter[str]) -> int:
    """How many are at head. Counts as wrong who is between, who is behind and answers, and who is not and does not."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(HAS_TABLE, [Message._meta.db_table])
        having = {name for (name,) in cursor.fetchall()}
    now = list(Chamber.objects.filter(pk__in=[each.pk for each in chambers]))
    at_head = [each for each in now if each.fingerprint == migrating.fingerprint()]
    for each in now:
        is_at_head = each in at_head
        met["between"] += (each.schema_name in having) != is_at_head
        met["answers"] += 1
        met["wrong"] += not _answers_rightly(each, is_at_head) or (each.schema_name in having) != is_at_head
    return len(at_head)


def _answers_rightly(chamber: Chamber, is_at_head: bool) -> bool:
    """On its host; and by its model, which finds no table elsewhere when its own is not there yet."""
    hosts.forget_chamber(chamber)
    status = Client(HTTP_HOST=hosts.address(chamber.slug)).get("/").status_code
    try:
        with in_chamber(chamber):
            is_read = Message.objects.count() >= 0
    except ProgrammingError:
        is_read = False
    return (status in GOOD) == is_at_head and is_read == is_at_head and (is_at_head or status == CLOSED)


def _kill_a_round(chance: Random) -> bool:
    """After a few chambers, in the middle of another; whether it was still running then."""
    running = _round()
    assert running.stdout
    for _number in range(chance.randint(0, FEW)):
        running.stdout.readline()
    time.sleep(chance.uniform(0, AT_MOST_SECONDS))
    is_running = running.poll() is None
    running.kill()
    running.communicate()
    _wait_for_the_database()
    return is_running


def _wait_for_the_database() -> None:
    """What the killed process had sent is being rolled back."""
    while _owners_at_work():
        time.sleep(0.05)


def _owners_at_work() -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute(OWNERS)
        return int(cursor.fetchone()[0])


def _is_named_while_busy(chamber: Chamber) -> bool:
    """Somebody works in it for longer than a round waits: it is left as it was, and named."""
    _take_back([chamber])
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(f'lock table "{chamber.schema_name}".django_migrations in share mode')
        round_ = _round()
        _said, complaint = round_.communicate()
    return round_.returncode != 0 and f"{chamber.slug}: " in complaint


def _to_the_end() -> bool:
    last = _round()
    last.communicate()
    return last.returncode == 0


def _round() -> "subprocess.Popen[str]":
    """As a deploy does, in a process of its own."""
    settings = {"DJANGO_SETTINGS_MODULE": "huiguan.settings", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "django", "migrate", "--spares", "0"]
    out = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, env={**os.environ, **settings}, text=True, **out)  # type: ignore[call-overload,no-any-return]


def _take_back(chambers: list[Chamber]) -> None:
    """As before there were messages."""
    for each in chambers:
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(f'drop table if exists "{each.schema_name}".{Message._meta.db_table}')
            cursor.execute(f"delete from \"{each.schema_name}\".django_migrations where app = 'outbox'")  # noqa: S608
            Chamber.objects.using("owner").filter(pk=each.pk).update(fingerprint="before the trial")


@contextmanager
def _chambers(number: int, say: Say) -> Iterator[list[Chamber]]:
    """With addresses; nothing is left of them."""
    made: list[Chamber] = []
    try:
        for each in range(number):
            made.append(provisioning.open_chamber(name="试迁移商会", slug=f"{ADDRESS}{each:03}-{os.getpid()}"[:30]))
        say(f"opened {number} chambers")
        yield made
    finally:
        for chamber in made:
            hosts.forget_chamber(chamber)
            Domain.objects.using("owner").filter(tenant=chamber).delete()
            Chamber.objects.using("owner").filter(pk=chamber.pk).delete()
            destroy(chamber.pk)
            provisioning.drop_schema(chamber.pk)


def _result(met: Counter[str], options: Options) -> Result:
    number, kills = options["chambers"], options["kills"]
    figure = (
        f"{met['wrong']} of {met['answers']:,} answers wrong after {met['killed']} kills, {met['between']} chambers "
        f"between two states, {met['at head']} of {number} at head in the end"
    )
    is_whole = met["at head"] == number and met["ended well"] and met["named"]
    return Result(figure, bool(is_whole and met["wrong"] == 0 and met["killed"] >= kills * 0.9), dict(met))
