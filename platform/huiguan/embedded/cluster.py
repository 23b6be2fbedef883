"""The files of a PostgreSQL server: created once, as a whole or not at all."""

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from huiguan.embedded import binaries

SUPERUSER = "postgres"
LOCALE = ["-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]


class PostgresError(Exception):
    """The server cannot be started; the message says why, with what the server itself said last."""


def create(data: Path, *, password: str) -> None:
    """Make the files unless they are there; `data` appears only when it is complete."""
    if data.exists():
        _check_version(data)
        return
    half = data.with_name(f"{data.name}-incomplete")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    binaries.give_to_server_user(half)
    with _readable_by_the_server(data.parent, password) as file:
        _initdb(half, file)
    half.rename(data)


def _initdb(data: Path, password_file: Path) -> None:
    access = ["-U", SUPERUSER, "-A", "scram-sha-256", f"--pwfile={password_file}", "--no-instructions"]
    try:
        binaries.run(binaries.server_tool("initdb", data.parent), "-D", data, *LOCALE, *access)
    except subprocess.CalledProcessError as error:
        raise PostgresError(
            f"PostgreSQL could not create its files in {data.parent}. 数据库无法创建文件：\n{error.stderr.strip()}"
        ) from error


@contextlib.contextmanager
def _readable_by_the_server(folder: Path, password: str) -> Iterator[Path]:
    """A copy of the password for as long as `initdb` needs it."""
    copy = folder / ".initial"
    copy.unlink(missing_ok=True)
    try:
        copy.touch(0o600, exist_ok=False)
        copy.write_text(password)
        binaries.give_to_server_user(copy)
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _check_version(data: Path) -> None:
    version = (data / "PG_VERSION").read_text().strip()
    if version != binaries.MAJOR:
        raise PostgresError(
            f"The data in {data} was written by PostgreSQL {version}, the installed one is {binaries.MAJOR}. "
            "Take it over with the former version of Huiguan first; nothing was changed.\n"
            f"数据由 PostgreSQL {version} 写成，现装的是 {binaries.MAJOR}。请先用原来的版本导出；数据没有改动。"
        )
