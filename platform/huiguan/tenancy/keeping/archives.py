"""A backup is one file: a manifest that all is checked by, the chamber's rows in public, its schema as SQL, files."""

import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from huiguan.tenancy.keeping import Impossible, dumps

FORMAT = 2
KNOWN_FORMATS = (1, FORMAT)  # 1 had no files
MANIFEST, PUBLIC, SQL, FILES = "manifest.json", "public.json", "chamber.sql", "files/"
CHUNK = 1024 * 1024
BROKEN = (tarfile.TarError, OSError, EOFError, zlib.error, KeyError, ValueError, TypeError)
COMPRESSION = 1  # of gzip: a third of the time of its usual level for a tenth more of the disk


class Damaged(Impossible):
    """The file is not what was written."""

    def __init__(self, path: Path, reason: object) -> None:
        super().__init__(f"{path} is damaged or no backup of a chamber ({reason}). Nothing was changed.")


@dataclass(frozen=True)
class Manifest:
    """What is in the file. `tables` has for each table the number of rows and their digest.

    `files` has for each the bytes and their SHA-256; `lost` are those that the storage had lost by then.
    """

    slug: str
    name: str
    key: str
    schema_name: str
    fingerprint: str
    made_at: str
    tables: dict[str, list[Any]]
    sha256: str
    files: dict[str, list[Any]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
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

    def files(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Name and content, one after another."""
        with tarfile.open(self.path, "r:gz") as tar:
            for entry in tar:
                file = tar.extractfile(entry) if entry.name.startswith(FILES) else None
                if file is not None:
                    yield entry.name.removeprefix(FILES), file


def write(path: Path, manifest: Manifest, public: dict[str, Any], dump: Path, files: Path) -> None:
    """Readable by its owner only; it has its name when it is complete and was read back."""
    half = path.with_name(f".{path.name}.part")
    half.unlink(missing_ok=True)
    half.touch(0o600)
    try:
        with tarfile.open(half, "w:gz", compresslevel=COMPRESSION) as tar:
            _add(tar, MANIFEST, asdict(manifest))
            _add(tar, PUBLIC, public)
            tar.add(dump, SQL)
            for name in manifest.files:
                tar.add(files / name, f"{FILES}{name}")
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
    if manifest.format not in KNOWN_FORMATS:
        return f"format {manifest.format} is not known here"
    digest, counted = hashlib.sha256(), {table: count for table, (count, _digest) in manifest.tables.items()}
    rows = dumps.rows_in(_hashed(archive.lines(), digest))
    if digest.hexdigest() != manifest.sha256:
        return "its content is not what was written"
    if rows != counted:
        return "it has not the rows that were counted"
    return "" if _files_in(archive) == manifest.files else "its files are not what was written"


def _files_in(archive: Archive) -> dict[str, list[Any]]:
    """By name: [bytes, SHA-256], as in the manifest."""
    found = {}
    for name, file in archive.files():
        digest, size = hashlib.sha256(), 0
        for part in iter(lambda: file.read(CHUNK), b""):  # noqa: B023  # read before the next
            digest.update(part)
            size += len(part)
        found[name] = [size, digest.hexdigest()]
    return found


def _hashed(lines: Iterator[bytes], digest: Any) -> Iterator[bytes]:
    for line in lines:
        digest.update(line)
        yield line


@contextmanager
def _member(path: Path, name: str) -> Iterator[IO[bytes]]:
    """Nothing behind it is read: the files may be large."""
    with tarfile.open(path, "r:gz") as tar:
        entry = next((entry for entry in tar if entry.name == name), None)
        file = tar.extractfile(entry) if entry else None
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
