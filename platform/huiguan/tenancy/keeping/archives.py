"""A backup is one file: the chamber's schema as SQL, its rows in public, and a manifest that both are checked by."""

import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from huiguan.tenancy.keeping import Impossible, dumps

FORMAT = 1
MANIFEST, PUBLIC, SQL = "manifest.json", "public.json", "chamber.sql"
BROKEN = (tarfile.TarError, OSError, EOFError, zlib.error, KeyError, ValueError, TypeError)
COMPRESSION = 1  # of gzip: a third of the time of its usual level for a tenth more of the disk


class Damaged(Impossible):
    """The file is not what was written."""

    def __init__(self, path: Path, reason: object) -> None:
        super().__init__(f"{path} is damaged or no backup of a chamber ({reason}). Nothing was changed.")


@dataclass(frozen=True)
class Manifest:
    """What is in the file. `tables` has for each table the number of rows and their digest."""

    slug: str
    name: str
    key: str
    schema_name: str
    fingerprint: str
    made_at: str
    tables: dict[str, list[Any]]
    sha256: str
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(count for count, _digest in self.tables.values())


@dataclass(frozen=True)
class Archive:
    """A backup that was read to its end and is whole."""

    path: Path
    manifest: Manifest
    public: dict[str, Any]

    def lines(self) -> Iterator[bytes]:
        """The SQL."""
        with _member(self.path, SQL) as file:
            yield from file


def write(path: Path, manifest: Manifest, public: dict[str, Any], dump: Path) -> None:
    """Readable by its owner only; it has its name when it is complete and was read back."""
    half = path.with_name(f".{path.name}.part")
    half.unlink(missing_ok=True)
    half.touch(0o600)
    try:
        with tarfile.open(half, "w:gz", compresslevel=COMPRESSION) as tar:
            _add(tar, MANIFEST, asdict(manifest))
            _add(tar, PUBLIC, public)
            tar.add(dump, SQL)
        checked(half)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def checked(path: Path) -> Archive:
    """Read to the end: digest and rows are those of the manifest, or `Damaged` says what is not."""
    if not path.is_file():
        raise Impossible(f"There is no file {path}.")
    try:
        manifest = Manifest(**_json(path, MANIFEST))
        archive = Archive(path, manifest, _json(path, PUBLIC))
        problem = _problem(archive)
    except BROKEN as error:
        raise Damaged(path, error) from error
    if problem:
        raise Damaged(path, problem)
    return archive


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _problem(archive: Archive) -> str:
    manifest = archive.manifest
    if manifest.format != FORMAT:
        return f"format {manifest.format} is not known here"
    digest, counted = hashlib.sha256(), {table: count for table, (count, _digest) in manifest.tables.items()}
    rows = dumps.rows_in(_hashed(archive.lines(), digest))
    if digest.hexdigest() != manifest.sha256:
        return "its content is not what was written"
    return "" if rows == counted else "it has not the rows that were counted"


def _hashed(lines: Iterator[bytes], digest: Any) -> Iterator[bytes]:
    for line in lines:
        digest.update(line)
        yield line


@contextmanager
def _member(path: Path, name: str) -> Iterator[IO[bytes]]:
    with tarfile.open(path, "r:gz") as tar:
        file = tar.extractfile(name)
        if file is None:
            raise KeyError(name)
        with file:
            yield file


def _json(path: Path, name: str) -> dict[str, Any]:
    with _member(path, name) as file:
        found: dict[str, Any] = json.load(file)
    return found


def _add(tar: tarfile.TarFile, name: str, content: dict[str, Any]) -> None:
    data = json.dumps(content, ensure_ascii=False, indent=1).encode()
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    tar.addfile(entry, io.BytesIO(data))
