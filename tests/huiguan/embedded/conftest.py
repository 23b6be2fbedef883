"""A place on the disk that a server without root's rights can reach, unlike pytest's own."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from huiguan.embedded.postgres import Postgres


@pytest.fixture(scope="session")
def reachable() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="huiguan-"))
    place.chmod(0o711)
    yield place
    shutil.rmtree(place)


@pytest.fixture(scope="session")
def cluster(reachable: Path) -> Path:
    """One set of database files for all tests here: making them is most of a server's first start."""
    folder = reachable / "postgres"
    with Postgres(folder):
        return folder


@pytest.fixture
def server(cluster: Path) -> Iterator[Postgres]:
    with Postgres(cluster) as server:
        yield server


@pytest.fixture
def run_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("HUIGUAN_RUN_DIR", str(tmp_path / "run"))
    for name in ("DATABASE_URL", "DATABASE_URL_FILE", "PORT"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "run"


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], None]:
    """Wait for something that another process does; fails after a minute, for others may use this machine."""

    def wait(is_so: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 60
        while not is_so():
            assert time.monotonic() < deadline, "waited a minute in vain"
            time.sleep(0.01)

    return wait
