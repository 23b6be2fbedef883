"""Makes the logins and the database in a new server. Apart, for it loads a library that is seldom needed."""

from collections.abc import Mapping

import psycopg
from psycopg import sql

from huiguan.embedded.logins import APP, DATABASE, OWNER, RIGHTS, Password


def ensure(superuser_url: str, passwords: Mapping[str, Password]) -> None:
    """Create what is missing; a password file that was lost and made anew is taken over."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        present = {name for (name,) in connection.execute("select rolname from pg_roles")}
        for role, rights in RIGHTS.items():
            _ensure_role(connection, role, rights, passwords[role], role in present)
        if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            _create_database(connection)


def _ensure_role(connection: psycopg.Connection, role: str, rights: str, password: Password, is_present: bool) -> None:
    value, is_new = password
    if is_present and not is_new:
        return
    verb, granted = sql.SQL("ALTER ROLE" if is_present else "CREATE ROLE"), sql.SQL(rights)
    connection.execute(sql.SQL("{} {} {} PASSWORD {}").format(verb, sql.Identifier(role), granted, sql.Literal(value)))


def _create_database(connection: psycopg.Connection) -> None:
    """Last of all, so that a database that is there has its logins. Strangers to it may not even connect."""
    name, owner, app = map(sql.Identifier, (DATABASE, OWNER, APP))
    connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
    connection.execute(sql.SQL("REVOKE CONNECT, TEMPORARY ON DATABASE {} FROM PUBLIC").format(name))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, app))
