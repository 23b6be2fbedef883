"""The database engine: binds the place to the transaction by one local setting, and never to the session.

django-tenants sets the search path of a session and swallows a failed SET, so that a cancelled statement can
answer with another chamber's rows. Here the first statement of a transaction is preceded by
`set_config(..., is_local := true)`: commit, rollback, a pooled connection or PgBouncer leave nothing behind,
and a statement whose binding failed never runs.
"""

from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.introspection import DatabaseIntrospection
from django.db.backends.utils import debug_transaction
from django_tenants.postgresql_backend.base import DatabaseWrapper as TenantsWrapper
from psycopg import OperationalError, sql
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus

from huiguan.tenancy.places import PUBLIC, SITE, Tenant

BIND = "select set_config('role', %s, true), set_config('search_path', %s, true)"
UNBOUND = ("none", "public")  # what a fresh transaction has
UNKNOWN = ("", "")  # after a rollback to a savepoint nobody remembers what was set when it was made

Binding = tuple[str, str]


class OutsideTransaction(transaction.TransactionManagementError):
    """A chamber's or the federation's tables were asked for outside `atomic`: nothing could bind them safely."""


class DatabaseWrapper(TenantsWrapper):  # type: ignore[misc]
    """django-tenants' wrapper with the binding per transaction."""

    tenant: Tenant
    _bound: Binding = UNBOUND

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._served: set[str] = set()
        self.introspection = DatabaseIntrospection(self)  # the library's own leaves a search path in the session

    def set_tenant(self, tenant: Tenant, include_public: bool = True) -> None:
        """Say where the next statements work. Nothing is sent until one of them runs."""
        self.tenant, self.schema_name = tenant, tenant.schema_name

    def set_schema_to_public(self) -> None:
        self.set_tenant(SITE)

    def on_commit(self, func: Any, robust: bool = False) -> None:
        """Run `func` after the commit in the place that registered it, whoever opened the transaction."""
        super().on_commit(_in_place(self, self.tenant, func), robust)

    def _handle_search_path(self, cursor: Any = None) -> None:
        """Called by the library before each statement."""
        wanted = self._binding()
        if self._setting_search_path or wanted == self._bound:
            return
        if self.autocommit:
            raise OutsideTransaction(self.schema_name)
        self._bind(cursor, wanted)

    def _binding(self) -> Binding:
        if self.settings_dict.get("TENANCY_OWNER"):
            return "none", f'"{self.schema_name}"' if self.schema_name != "public" else "public"
        path = "public" if self.schema_name == "public" else f'"{self.schema_name}", public'
        return self.tenant.db_role, path

    def _bind(self, cursor: Any, wanted: Binding) -> None:
        self._setting_search_path, self._bound = True, UNKNOWN
        try:
            if self.connection.pgconn.transaction_status == TransactionStatus.IDLE:
                self._begin_bound(wanted)
            else:
                (cursor or self.connection.cursor()).execute(BIND, wanted)
            self._bound = wanted
            if self.schema_name != PUBLIC:
                self._served.add(self.schema_name)
        finally:  # no except: a statement whose binding failed must not run
            self._setting_search_path = False

    def _begin_bound(self, wanted: Binding) -> None:
        """The transaction's beginning and its binding in one message, where psycopg would send one after the other.

        Raises what Django raises for a statement; the transaction is then aborted, or the connection gone.
        """
        pgconn, statement = self.connection.pgconn, _beginning(wanted)
        with self.wrap_database_errors, debug_transaction(self, statement):
            result = pgconn.exec_(statement.encode())
            if pgconn.status != ConnStatus.OK:
                raise OperationalError(pgconn.get_error_message())
            if result.status != ExecStatus.TUPLES_OK:
                raise error_from_result(result)

    def connect(self) -> None:
        self._setting_search_path = True  # Django asks for the server's version while connecting
        try:
            super().connect()
        finally:
            self._setting_search_path = False
            self._bound = UNBOUND
            self._served = set()

    @property
    def is_read_only(self) -> bool:
        """Whether the database takes no change, as the server tells by itself: on a standby, or by its setting."""
        told = self.connection.info.parameter_status
        return "on" in (told("default_transaction_read_only"), told("in_hot_standby"))

    def set_autocommit(self, autocommit: bool, *args: Any, **kwargs: Any) -> None:
        """Before a transaction begins, a connection that has served its share of chambers is replaced: PostgreSQL keeps
        what it learned of every table it saw, and only closing frees that."""
        if not autocommit and len(self._served) >= self.settings_dict["TENANCY_CHAMBERS"]:
            self.close()
        super().set_autocommit(autocommit, *args, **kwargs)

    # Whatever ends or rewinds a transaction takes the local setting with it.

    def close(self) -> None:
        self._bound = UNBOUND
        super().close()

    def _commit(self) -> Any:
        self._bound = UNBOUND
        return super()._commit()

    def rollback(self) -> None:
        super().rollback()
        self._bound = UNBOUND

    def savepoint_rollback(self, sid: str) -> None:
        self._setting_search_path = True  # the transaction may be aborted: nothing else may be sent before the rollback
        try:
            super().savepoint_rollback(sid)
        finally:
            self._setting_search_path, self._bound = False, UNKNOWN

    def _set_autocommit(self, autocommit: bool) -> None:
        self._bound = UNBOUND
        super()._set_autocommit(autocommit)


@lru_cache(maxsize=1000)
def _beginning(wanted: Binding) -> str:
    """Names of roles and schemas only: nothing of a chamber's is kept."""
    return f"begin; {BIND}" % tuple(map(sql.quote, wanted))


def _in_place(connection: DatabaseWrapper, tenant: Tenant, func: Any) -> Any:
    """`func` in a transaction of its own, in the place it was registered in (T10 of docs/security.md)."""
    if tenant is SITE:

        def run() -> None:
            found = connection.tenant
            connection.set_tenant(SITE)
            try:
                func()
            finally:
                connection.set_tenant(found)

    else:

        def run() -> None:
            found = connection.tenant
            with transaction.atomic(using=connection.alias):
                connection.set_tenant(tenant)
                try:
                    func()
                finally:
                    connection.set_tenant(found)

    return run
