"""Many threads in few chambers while their statements are cancelled: nobody ever meets a foreign row. [G2]"""

import itertools
import threading
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from django.db import DatabaseError, connection, connections, transaction

from huiguan.outbox.models import Message
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber
from huiguan.tenancy.trying import throw_away
from huiguan.verifying import Options, Result, Say

CANCEL = """
    select pg_cancel_backend(pid) from pg_stat_activity where pid = any(%s) and state = 'active'
"""
EVERY_SECONDS = 0.001
SECONDS_BETWEEN_LINES = 10
NAME = "verify"


@dataclass
class Crowd:
    """`met` counts rows: own, wrong; and statements that failed."""

    chambers: list[Chamber]
    statements: int
    seed: int = 1
    met: Counter[str] = field(default_factory=Counter)
    servers: dict[int, int] = field(default_factory=dict)  # of whose statements are cancelled: nobody else's
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def done(self) -> int:
        return self.met["reads"] + self.met["writes"]

    def work(self, number: int) -> None:
        """One chamber after the other, by chance; what fails is tried no second time."""
        chance = Random(f"{self.seed}:{number}")  # noqa: S311 no secret
        try:
            while self.done < self.statements and not self.stop.is_set():
                try:
                    self._turn(chance.choice(self.chambers), chance)
                except DatabaseError:
                    self.met["failed"] += 1
                    connection.close()
        finally:
            connections.close_all()

    def _turn(self, here: Chamber, chance: Random) -> None:
        with in_chamber(here):
            self._tell_server()
            for _number in range(chance.randint(1, 5)):
                if chance.random() < 0.3:
                    self._fail_inside()
                self._read(here)
                self._write(here)
            if chance.random() < 0.2:
                transaction.set_rollback(True)

    def _tell_server(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            self.servers[threading.get_ident()] = cursor.fetchone()[0]

    def _read(self, here: Chamber) -> None:
        found = list(Message.objects.filter(name=NAME).values_list("recipient", flat=True)[:20])
        wrong = sum(each != here.schema_name[:80] for each in found)
        self.met.update({"reads": 1, "rows": len(found), "wrong": wrong})

    def _write(self, here: Chamber) -> None:
        """Into whatever is bound: read again at the end, by the schema itself."""
        _row(here).save(force_insert=True)
        self.met["writes"] += 1

    def _fail_inside(self) -> None:
        """An error that somebody swallowed, and the rollback to a savepoint."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("select 1 / 0")
        except DatabaseError:
            self.met["swallowed"] += 1

    def cancel(self) -> None:
        try:
            while not self.stop.wait(EVERY_SECONDS):
                with connection.cursor() as cursor:
                    cursor.execute(CANCEL, [list(self.servers.values())])
                self.met["cancels"] += 1
        finally:
            connections.close_all()


def crowd(options: Options, say: Say) -> Result:
    with throw_away(options["chambers"], say) as chambers:
        for each in chambers:
            _furnish(each)
        people = Crowd(chambers, options["statements"])
        _run(people, options["threads"], say)
        people.met["wrong"] += sum(_foreign(each) for each in chambers)
    met = dict(people.met)
    figure = (
        f"{met['wrong']} wrong rows in {people.done:,} reads and writes, {met.get('failed', 0):,} of them cancelled"
    )
    return Result(figure, met["wrong"] == 0 and min(met["rows"], met.get("writes", 0)) > 0, met)


def _run(people: Crowd, threads: int, say: Say) -> None:
    workers = [threading.Thread(target=people.work, args=(number,)) for number in range(threads)]
    canceller = threading.Thread(target=people.cancel)
    for thread in itertools.chain(workers, [canceller]):
        thread.start()
    try:
        while any(thread.is_alive() for thread in workers):
            workers[0].join(SECONDS_BETWEEN_LINES)
            say(f"{people.done:,} reads and writes, {people.met['wrong']} wrong")
    finally:
        people.stop.set()
        for thread in itertools.chain(workers, [canceller]):
            thread.join()


def _furnish(chamber: Chamber) -> None:
    """Rows that say whose they are."""
    with in_chamber(chamber):
        for _number in range(3):
            _row(chamber).save(force_insert=True)


def _row(chamber: Chamber) -> Message:
    keys = {"recipient_id": chamber.pk, "record_id": chamber.pk, "record_text": chamber.schema_name}
    return Message(name=NAME, recipient=chamber.schema_name, content={}, basis="", **keys)


def _foreign(chamber: Chamber) -> int:
    """Rows of the chamber that somebody wrote for another."""
    with in_chamber(chamber):
        rows = Message.objects.filter(name=NAME)
        return int(rows.count() - rows.filter(record_text=chamber.schema_name, recipient=chamber.schema_name).count())
