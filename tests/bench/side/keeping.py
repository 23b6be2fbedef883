"""A chamber of a hundred megabytes that is backed up and put back."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from huiguan.tenancy.keeping.backups import back_up
from huiguan.tenancy.keeping.restoring import restore
from huiguan.tenancy.models import Chamber
from huiguan.tenancy.owner import as_owner_of
from tests.bench.side.pages import chamber_of_pages

MEMBERS = 1_000
TABLES = "select tablename from pg_tables where schemaname = %s and tablename like 'bench\\_work\\_table%%'"
THING = "insert into bench_work_thing (id, name) select gen_random_uuid(), '第' || n from generate_series(1, 100) n"
ROWS = """
    insert into {table} (id, name, state, "on", amount, thing_id)
    select gen_random_uuid(), '商会往来第' || n, 'state' || n %% 7, date '2020-01-01' + n %% 2000, n, t.id
    from generate_series(1, %s) n
    join (select id, row_number() over () as k from bench_work_thing) t on t.k = n %% 100 + 1
"""
SIZE = (
    "select sum(pg_total_relation_size(format('%%I.%%I', schemaname, tablename))) from pg_tables where schemaname = %s"
)


def large_chamber(rows: int) -> dict[str, Any]:
    """Members with their dues, and so many rows in each table of the temporary app; its size as the database has it."""
    slug = chamber_of_pages(MEMBERS)
    schema = Chamber.objects.get(slug=slug).schema_name
    with as_owner_of(schema), connections["owner"].cursor() as cursor:
        cursor.execute(THING)
        cursor.execute(TABLES, [schema])
        for (table,) in cursor.fetchall():
            cursor.execute(ROWS.format(table=table), [rows])
        cursor.execute(SIZE, [schema])
        return {"slug": slug, "megabytes": round(cursor.fetchone()[0] / 2**20)}


def back_up_large(slug: str) -> dict[str, Any]:
    """The file, with its rows counted."""
    path = Path(tempfile.mkdtemp(dir=_folder())) / "backup.tar.gz"
    _path, manifest = back_up(Chamber.objects.get(slug=slug), path)
    return {"path": str(path), "rows": manifest.rows, "file_megabytes": round(path.stat().st_size / 2**20)}


def restore_large(slug: str, path: str) -> int:
    return restore(Chamber.objects.get(slug=slug), Path(path)).rows


def _folder() -> Path:
    folder = Path(settings.RUN_DIR) / "backups"
    folder.mkdir(exist_ok=True)
    return folder
