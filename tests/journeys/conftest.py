"""Journeys: each in a house of its own, with people at real browsers."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from huiguan.embedded import browser
from tests.journeys.house import LiveHouse, live_house
from tests.journeys.visitor import Visitor

WIDTHS = {"desktop": 1280, "phone": 390}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def _pages_seen(tmp_path_factory: pytest.TempPathFactory) -> None:
    own = tmp_path_factory.getbasetemp()
    Visitor.seen = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "pages-seen"
    Visitor.seen.mkdir(exist_ok=True)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser.find(), args=browser.ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Run data; not below pytest's folder, which a server without root's rights cannot enter."""
    made = Path(tempfile.mkdtemp(prefix="huiguan-journey-"))
    made.chmod(0o711)
    yield made
    rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def house(request: pytest.FixtureRequest, place: Path) -> Iterator[LiveHouse]:
    """The module names what else must run: `PROGRAMS = ("worker", "payments")`."""
    name = request.module.__name__.rpartition(".")[2].removeprefix("test_")
    with live_house(name, *getattr(request.module, "PROGRAMS", ()), place=place) as opened:
        yield opened


@pytest.fixture
def visitor(chromium: Any, house: LiveHouse) -> Iterator[Callable[..., Visitor]]:
    """`visitor("changde", "qin", width=390)`: somebody of the cast, signed in there; without a key, a stranger."""
    made: list[Visitor] = []

    def come(slug: str = "", key: str = "", width: int = WIDTHS["desktop"]) -> Visitor:
        made.append(Visitor(chromium, house, slug, width))
        return made[-1].sign_in(key) if key else made[-1]

    yield come
    for each in made:
        each.leave()
