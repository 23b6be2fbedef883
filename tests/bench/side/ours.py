"""What the product's side can be told to do. Whatever is measured is one call; what it needs is another call before."""

import time
import uuid
from itertools import cycle, islice
from typing import Any
from unittest import mock

from bench_work.models import Thing
from django.db import connection, transaction
from django.test import Client

from huiguan.ciphers.ring import make_keys
from huiguan.outbox import delivery
from huiguan.outbox.tasks import sweep_messages
from huiguan.tenancy import migrating, provisioning
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber, Spare
from tests.bench.side.allocating import draw_contest, settle_at_best, settle_contest, settle_greedily, solver_memory
from tests.bench.side.assessing import assess, assess_one_by_one, dues_chamber
from tests.bench.side.figures import fan_out, read_figures, refresh_figures, send_figures
from tests.bench.side.importing import (
    import_register,
    import_row_by_row,
    read_register_again,
    undo_import,
    write_register,
)
from tests.bench.side.keeping import back_up_large, large_chamber, restore_large
from tests.bench.side.pages import chamber_of_pages, page, pages
from tests.bench.side.reading import read_all, visit
from tests.bench.side.requests import queries_of, seconds_of
from tests.bench.side.searching import ask_once, ask_simply, open_market, publish_answer, read_simply
from tests.bench.side.secretariats import secretariats

__all__ = [
    "ask_once",
    "ask_simply",
    "assess",
    "assess_one_by_one",
    "back_up_large",
    "chamber_of_pages",
    "draw_contest",
    "dues_chamber",
    "fan_out",
    "import_register",
    "import_row_by_row",
    "large_chamber",
    "open_market",
    "page",
    "pages",
    "publish_answer",
    "read_all",
    "read_figures",
    "read_register_again",
    "read_simply",
    "refresh_figures",
    "restore_large",
    "secretariats",
    "send_figures",
    "settle_at_best",
    "settle_contest",
    "settle_greedily",
    "solver_memory",
    "undo_import",
    "visit",
    "write_register",
]


def prepare() -> dict[str, Any]:
    migrating.migrate_shared()
    return provisioning.template() and {}


def spare(wanted: int) -> int:
    return provisioning.refill(wanted)


def no_spare() -> None:
    for each in Spare.objects.all():
        provisioning.drop_schema(each.id)
        each.delete()


def open_one() -> str:
    slug = f"bench-{uuid.uuid4().hex[:12]}"
    provisioning.open_chamber(name="基准商会", slug=slug)
    return slug


def open_up_to(number: int) -> None:
    for _each in range(number - Chamber.objects.count()):
        open_one()


def migrate() -> dict[str, int]:
    provisioning.make_missing_keys()
    report = migrating.migrate_chambers()
    assert not report.failed, report.failed
    return {"done": len(report.done)}


def migrate_a_thousand(number: int) -> float:
    """Seconds; what was made for it is taken back."""
    with transaction.atomic():
        for each in range(number):
            key = uuid.uuid4()
            names = {"schema_name": f"ch_{key.hex}", "db_role": f"ch_{key.hex}", "slug": f"rows-{each}"}
            Chamber.objects.create(id=key, name="基准商会", fingerprint=migrating.fingerprint(), **names)
            make_keys(key)
        began = time.perf_counter()
        migrate()
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    return seconds


def behind() -> int:
    return Chamber.objects.exclude(fingerprint=migrating.fingerprint()).count()


def tables() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_tables where schemaname = %s", [_chamber().schema_name])
        return int(cursor.fetchone()[0])


def chambers() -> int:
    return Chamber.objects.count()


def publish(number: int) -> None:
    """Each about a record of its own, with nobody woken: delivery is measured apart."""
    federation = uuid.uuid4()
    with mock.patch.object(delivery, "_wake"), in_chamber(_chamber()):
        for each in range(number):
            thing = Thing(name=f"第{each}条")
            content = {"number": each, "title": "年会主论坛嘉宾临时缺席", "category": "EXP", "region": "610100"}
            delivery.publish(thing, "bench.sent", to=federation, recipient="联席会", content=content, basis="共享协议")


def deliver() -> int:
    return delivery.deliver(_chamber(), limit=100_000)


def sweep() -> int:
    return sweep_messages()


def send_jobs(number: int, done: str) -> None:
    """Each for another chamber than the one before."""
    from bench_work.tasks import count

    for chamber in islice(cycle(Chamber.objects.values_list("pk", flat=True)), number):
        count.delay(str(chamber), done)


def request(queries: int, times: int) -> dict[str, Any]:
    client, path = Client(HTTP_HOST=_host()), f"/bench/bench/{queries}/"
    return {"seconds": seconds_of(client, path, times), "statements": queries_of(client, path)}


def _host() -> str:
    return str(_chamber().domains.get().domain)


def _chamber() -> Chamber:
    return Chamber.objects.latest("opened_at")
