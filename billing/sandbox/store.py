"""Everything the sandbox knows: objects as JSON in one SQLite file, so that a restart keeps them."""

import json
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from threading import RLock, local
from typing import Any

from billing.sandbox.errors import missing

Body = dict[str, Any]
HERE = "sandbox:/"  # begins the address of a hosted page; where that is depends on where the sandbox runs now
SHAPES: dict[str, Body] = json.loads(Path(__file__).with_name("shapes.json").read_text())
PREFIXES = {
    "customer": "cus", "product": "prod", "price": "price", "subscription": "sub", "subscription_item": "si",
    "invoice": "in", "line_item": "il", "invoiceitem": "ii", "payment_intent": "pi", "payment_method": "pm",
    "checkout.session": "cs_test", "billing_portal.session": "bps", "webhook_endpoint": "we", "event": "evt",
    "test_helpers.test_clock": "clock", "account": "acct", "charge": "ch", "refund": "re", "dispute": "dp",
    "balance_transaction": "txn", "payout": "po",
    "payment_method_configuration": "pmc",
}  # fmt: skip
TABLES = """
create table if not exists object (seq integer primary key autoincrement, id text unique, kind text, body text,
    account text default '');
create index if not exists object_kind on object (kind, seq);
create table if not exists reply (key text primary key, print text, status integer, body text, made integer);
create table if not exists delivery (seq integer primary key autoincrement, event text, endpoint text,
    attempts integer default 0, due real, done integer default 0, note text default '');
create table if not exists setting (name text primary key, value text);
"""


class Store:
    """One connection behind one lock: calls are served one after another, which is what makes them simple to trust."""

    def __init__(self, path: Path | str = ":memory:") -> None:
        self.lock = RLock()
        self._at: int | None = None
        self._whose = local()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.execute("pragma journal_mode = wal")
        self._db.executescript(TABLES)
        if "account" not in {row[1] for row in self.run("pragma table_info(object)")}:  # kept by an earlier version
            self.run("alter table object add column account text default ''")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, for the outermost; inner ones join it."""
        with self.lock:
            outermost = not self._db.in_transaction
            if outermost:
                self.run("begin immediate")
            try:
                yield
            except BaseException as failure:
                if outermost and self._db.in_transaction:
                    self.run("commit" if getattr(failure, "keeps_work", False) else "rollback")
                raise
            if outermost:
                self.run("commit")

    def run(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.lock:
            return self._db.execute(sql, values).fetchall()

    def close(self) -> None:
        with self.lock:
            self._db.close()

    def setting(self, name: str, default: str = "") -> str:
        found = self.run("select value from setting where name = ?", name)
        return str(found[0][0]) if found else default

    def set(self, name: str, value: object) -> None:
        self.run("insert into setting values (?1, ?2) on conflict (name) do update set value = ?2", name, str(value))

    def now(self) -> int:
        """The sandbox's own time, in seconds: the machine's, moved ahead by whoever advanced it."""
        return self._at or int(time.time()) + int(self.setting("ahead", "0"))

    @contextmanager
    def standing_at(self, moment: int) -> Iterator[None]:
        """While time is advanced, each thing happens at the moment it was due."""
        before, self._at = self._at, moment
        try:
            yield
        finally:
            self._at = before

    @property
    def account(self) -> str:
        """The connected account whose objects are seen now; empty for the platform's own."""
        return str(getattr(self._whose, "account", ""))

    @contextmanager
    def of_account(self, ident: str) -> Iterator[None]:
        """As with Stripe's header `Stripe-Account`: nothing of any other account exists."""
        before, self._whose.account = self.account, ident
        try:
            yield
        finally:
            self._whose.account = before

    def owner_of(self, ident: str) -> str:
        """The account that an object belongs to, for pages that are found by the object alone."""
        found = self.run("select account from object where id = ?", ident)
        return str(found[0][0]) if found else ""

    def make(self, kind: str, **fields: Any) -> Body:
        """A new object in Stripe's shape, not yet kept."""
        body = deepcopy(SHAPES[kind]) | {"id": f"{PREFIXES[kind]}_{secrets.token_hex(12)}", "object": kind}
        if "created" in body:
            body["created"] = self.now()
        return body | fields

    def add(self, kind: str, **fields: Any) -> Body:
        return self.keep(self.make(kind, **fields))

    def keep(self, body: Body) -> Body:
        insert = "insert into object (id, kind, body, account) values (?1, ?2, ?3, ?4)"
        self.run(
            f"{insert} on conflict (id) do update set body = ?3",
            body["id"], body["object"], json.dumps(body), self.account,
        )  # fmt: skip
        return body

    def get(self, kind: str, ident: str) -> Body:
        sql = "select body from object where id = ? and kind = ? and account = ?"
        found = self.run(sql, ident, kind, self.account)
        if not found:
            raise missing(kind, ident)
        return dict(json.loads(found[0][0]))

    def all(self, kind: str, **equal: Any) -> list[Body]:
        """Newest first, as Stripe lists."""
        where = "".join(f" and json_extract(body, '$.{name}') = ?" for name in equal)
        sql = f"select body from object where kind = ? and account = ?{where} order by seq desc"  # noqa: S608  # names are the code's own
        rows = self.run(sql, kind, self.account, *equal.values())
        return [json.loads(body) for (body,) in rows]

    def everywhere(self, kind: str) -> list[Body]:
        """Of all accounts, newest first."""
        return [
            json.loads(body) for (body,) in self.run("select body from object where kind = ? order by seq desc", kind)
        ]

    def drop(self, body: Body) -> Body:
        self.run("delete from object where id = ?", body["id"])
        return {"id": body["id"], "object": body["object"], "deleted": True}
