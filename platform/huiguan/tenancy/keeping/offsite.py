"""Backups that lie elsewhere: every chamber's, each night, read back there, tried out, and gone after their time.

`BACKUP_URL` names the place (`huiguan.files.places`). An object is `<chamber's key>/<moment>.tar.gz`, in UTC.
"""

import datetime
import hashlib
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import DatabaseError
from django.utils.timezone import now

from huiguan.observability.metrics import backups_ended
from huiguan.tenancy.keeping import Impossible, Say, archives, silent
from huiguan.tenancy.keeping.archives import Manifest
from huiguan.tenancy.keeping.backups import back_up
from huiguan.tenancy.keeping.restoring import load
from huiguan.tenancy.keeping.schemas import drop
from huiguan.tenancy.models import Chamber

log = logging.getLogger(__name__)
FORM, ENDING, CHUNK = "%Y%m%dT%H%M%SZ", ".tar.gz", 1024 * 1024
FRESH = datetime.timedelta(hours=12)  # a night's backup is not made twice


@dataclass
class Round:
    """What a night did: by slug where it lies now; what failed with its reason; names that were let go."""

    made: dict[str, str] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def back_up_all(say: Say = silent) -> Round:
    """Every chamber that is not erased and has no fresh one. What fails for one keeps no other from its backup."""
    done = Round()
    for chamber in Chamber.objects.exclude(status=Chamber.Status.ERASED):
        _back_up_in(done, chamber, say)
    done.gone = let_go()
    return done


def send(chamber: Chamber, say: Say = silent) -> str:
    """One chamber's, made now. Returns its name there; raises Impossible when what lies there is not what was sent."""
    with _beside() as folder:
        path, _manifest = back_up(chamber, folder / f"{chamber.slug}{ENDING}", say)
        say("Sending it")
        with path.open("rb") as content:
            name = there().save(f"{chamber.pk}/{now():{FORM}}{ENDING}", File(content))
        if _digest_there(name) != archives.sha256_of(path):
            there().delete(name)
            raise Impossible(f"What arrived of {chamber.slug} is not what was sent; it was removed there.")
    return str(name)


def fetch(chamber: Chamber, to: Path, say: Say = silent) -> Path:
    """The newest one onto this machine, for `restore` or `receive`."""
    if to.exists():
        raise Impossible(f"{to} is there already; name another file.")
    name = newest(chamber)
    say(f"Fetching {name}")
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    to.touch(0o600)
    with there().open(name) as content, to.open("wb") as file:
        shutil.copyfileobj(content, file, CHUNK)
    return to


def drill(chamber: Chamber, say: Say = silent) -> Manifest:
    """Whether the newest backup can be restored: loaded beside the chamber, its rows compared, and dropped again."""
    side = f"{chamber.schema_name}_drill"
    with _beside() as folder:
        archive = archives.checked(fetch(chamber, folder / f"drill{ENDING}", say))
        drop(side)
        try:
            load(archive, side, say)
        finally:
            drop(side)
    return archive.manifest


def newest(chamber: Chamber) -> str:
    names = sorted(_names(str(chamber.pk)))
    if not names:
        raise Impossible(f"There is no backup of {chamber.slug} at BACKUP_URL.")
    return names[-1]


def made_at(name: str) -> datetime.datetime:
    stamp = name.rpartition("/")[2].removesuffix(ENDING)[: len("20260101T000000Z")]
    return datetime.datetime.strptime(stamp, FORM).replace(tzinfo=datetime.UTC)


def let_go() -> list[str]:
    """Backups older than BACKUP_DAYS, those of chambers that were erased since among them. Their names."""
    oldest = now() - datetime.timedelta(days=settings.BACKUP_DAYS)
    folders, _files = there().listdir("")
    old = [name for folder in folders for name in _names(folder) if made_at(name) < oldest]
    for name in old:
        there().delete(name)
    return old


def there() -> Storage:
    """Raises Impossible without BACKUP_URL."""
    if not settings.BACKUP_URL:
        raise Impossible("BACKUP_URL is not set: it names the place that backups are sent to.")
    return storages["backups"]


def _back_up_in(done: Round, chamber: Chamber, say: Say) -> None:
    if _has_fresh(chamber):
        done.fresh.append(chamber.slug)
        return
    try:
        done.made[chamber.slug] = send(chamber, say)
    except (Impossible, DatabaseError, OSError) as error:
        log.exception("a chamber was not backed up", extra={"chamber": str(chamber.pk)})
        done.failed[chamber.slug] = str(error).strip()
    backups_ended.labels("failed" if chamber.slug in done.failed else "made").inc()


def _has_fresh(chamber: Chamber) -> bool:
    return any(made_at(name) > now() - FRESH for name in _names(str(chamber.pk)))


def _names(folder: str) -> Iterator[str]:
    try:
        _folders, files = there().listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{file}" for file in files if file.endswith(ENDING))


def _digest_there(name: str) -> str:
    digest = hashlib.sha256()
    with there().open(name) as content:
        for part in iter(lambda: content.read(CHUNK), b""):
            digest.update(part)
    return digest.hexdigest()


@contextmanager
def _beside() -> Iterator[Path]:
    """For its owner alone, gone with the block: a backup that is elsewhere is not kept here too."""
    place = Path(settings.RUN_DIR) / "backups"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(dir=place, prefix=".offsite-") as folder:
        yield Path(folder)
