"""The one ignored folder with all run data: database, logs, queue, secrets."""

import hashlib
import os
import secrets
import shutil
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
PARTS = ("log", "schedule", "queue/control", "mail", "static", "metrics")
MEMORY = Path("/dev/shm")  # noqa: S108  # Linux; what is below is checked to be our own
ENOUGH_BYTES = 300 * 1024 * 1024


class Unusable(Exception):
    """Run data or what was asked cannot be used; the message says why and what to do, in English and Chinese."""


def run_folder() -> Path:
    """`HUIGUAN_RUN_DIR`, else `.run` in the project; not created by asking."""
    return Path(os.environ.get("HUIGUAN_RUN_DIR") or PROJECT / ".run").absolute()


def prepare(folder: Path) -> Path:
    """Create the folder, and refuse early when it cannot be written or the disk is nearly full."""
    try:
        make_passable(folder)
        for name in PARTS:
            (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = folder / ".writable"
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        raise Unusable(
            f"Cannot write to {folder}: {error.strerror}. Set HUIGUAN_RUN_DIR to a folder you own.\n"
            f"目录 {folder} 不可写（{error.strerror}）。请用 HUIGUAN_RUN_DIR 指定一个可写的目录。"
        ) from error
    free = free_bytes(folder)
    if free < ENOUGH_BYTES:
        raise Unusable(
            f"The disk of {folder} is nearly full ({free // 1024**2} MB free, "
            f"{ENOUGH_BYTES // 1024**2} MB needed). Nothing was changed: free some space and start again.\n"
            f"磁盘空间不足：剩余 {free // 1024**2} MB，至少需要 {ENOUGH_BYTES // 1024**2} MB。请清理后重新启动。"
        )
    return folder


def metrics(folder: Path) -> Path:
    """Where the processes of a house share their figures, mapped: in memory where the system has such a place, for on a
    disk that is full the kernel kills whoever writes to a mapped file."""
    mine = MEMORY / f"huiguan-{os.geteuid()}-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    try:
        mine.mkdir(mode=0o700, exist_ok=True)
        if not mine.is_symlink() and mine.stat().st_uid == os.geteuid():
            return mine
    except OSError:
        pass
    return folder / "metrics"


def forget_figures(folder: Path) -> None:
    """Of processes that are gone: each left a file, and every page of figures would read them all."""
    for file in metrics(folder).glob("*.db"):
        file.unlink(missing_ok=True)


def make_passable(folder: Path) -> None:
    """Create what is missing so that a server which dropped root's rights can pass through, whatever the umask."""
    if not folder.exists():
        make_passable(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711)


def free_bytes(folder: Path) -> int:
    existing = next(place for place in [folder, *folder.parents] if place.exists())
    return shutil.disk_usage(existing).free


def secret(path: Path) -> tuple[str, bool]:
    """The secret kept in this file, readable by its owner only, and whether it was made just now."""
    try:
        return path.read_text().strip(), False
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    value = secrets.token_urlsafe(32)
    half_written = path.with_name(f".{path.name}.{os.getpid()}")
    half_written.unlink(missing_ok=True)
    half_written.touch(0o600, exist_ok=False)
    half_written.write_text(value)
    half_written.replace(path)
    return value, True
