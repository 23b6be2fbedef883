"""The server, the databases and the temporary app that the benchmarks build for themselves."""

import base64
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from huiguan.embedded import logins
from huiguan.embedded.folder import run_folder
from huiguan.embedded.postgres import Postgres

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SECRET_KEY = secrets.token_urlsafe(50)
SIDES = ("ours", "stock", "plain", "bare")
IN_THE_DATABASE_OF = {"stock_pages": "ours", "stock_kept": "stock"}

MASTER_KEY = base64.b64encode(secrets.token_bytes(32)).decode()
MODELS = '''"""Tables of the benchmarks: as many as a grown chamber has, with the indexes and keys of one."""

import uuid

from django.db import models


class Thing(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=40)

'''
TABLE = """
class Table{number}(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    thing = models.ForeignKey(Thing, models.PROTECT, related_name="+")
    other = models.ForeignKey(Thing, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["state", "on"]), models.Index(fields=["name"]), models.Index(fields=["on"])]

"""
GROWTH = '''"""One column and one index more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bench_work", "{before}")]
    operations = [
        migrations.AddField("thing", "extra{number}", models.CharField(max_length=20, default="", db_default="")),
        migrations.AddIndex("thing", models.Index(fields=["extra{number}"], name="bench_extra{number}")),
    ]
'''


@dataclass
class Places:
    """One server of the benchmarks' own, a database for each side, and a folder that is put on the sides' path."""

    server: Postgres
    folder: Path

    def environment(self, side: str) -> dict[str, str]:
        """Of a side, by the login that it works with: the product's own may read no chamber unbound."""
        database = f"bench_{IN_THE_DATABASE_OF.get(side, side)}"
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, [self.folder, ROOT / "platform", ROOT])),
            "DJANGO_SETTINGS_MODULE": f"tests.bench.side.settings_{side}",
            "DATABASE_URL": self.server.url(logins.APP if side == "ours" else logins.OWNER, database),
            "DATABASE_OWNER_URL": self.server.url(logins.OWNER, database),
            "EXTRA_CAPABILITIES": "bench_work",
            "HUIGUAN_RUN_DIR": str(self.folder / "run"),
            "LOG_LEVEL": "ERROR",
            "MASTER_KEY": MASTER_KEY,
            "SECRET_KEY": SECRET_KEY,  # one for all processes: each reads what another signed
            "BENCH_POSTMASTER": str(self.server.pid),
        }

    def write_app(self, tables: int) -> None:
        """`bench_work`: a model, a view, and empty tables up to the size of a grown chamber."""
        shutil.rmtree(self.folder, ignore_errors=True)
        app = self.folder / "bench_work"
        (app / "migrations").mkdir(parents=True)
        (self.folder / "run").mkdir()
        (app / "models.py").write_text(MODELS + "".join(TABLE.format(number=n) for n in range(tables)))
        for name in ("__init__", "migrations/__init__"):
            (app / f"{name}.py").write_text("")
        for name in ("capability", "views", "handlers", "tasks"):
            shutil.copy(HERE / "side" / f"work_{name}.py", app / f"{name}.py")
        client = self.folder / "bench_client"
        (client / "migrations").mkdir(parents=True)
        for name in ("__init__", "migrations/__init__"):
            (client / f"{name}.py").write_text("")
        shutil.copy(HERE / "side" / "work_client.py", client / "models.py")

    def grow(self) -> str:
        """One more migration of the kind that a release brings; its name."""
        folder = self.folder / "bench_work" / "migrations"
        before = sorted(path.stem for path in folder.glob("[0-9]*.py"))[-1]
        number = int(before[:4]) + 1
        (folder / f"{number:04}_growth.py").write_text(GROWTH.format(before=before, number=number))
        return f"{number:04}_growth"

    def make_databases(self) -> None:
        with psycopg.connect(self.server.url("postgres", "postgres"), autocommit=True) as connection:
            for side in SIDES:
                name, owner, app = map(sql.Identifier, (f"bench_{side}", logins.OWNER, logins.APP))
                connection.execute(sql.SQL("drop database if exists {} with (force)").format(name))
                connection.execute(sql.SQL("create database {} owner {}").format(name, owner))
                connection.execute(sql.SQL("grant connect on database {} to {}").format(name, app))


def open_places(tables: int) -> Places:
    server = Postgres(run_folder() / "bench" / "postgres")
    server.start()
    places = Places(server, run_folder() / "bench" / "work")
    places.write_app(tables)
    places.make_databases()
    return places
