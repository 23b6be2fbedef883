"""Which browser the tests drive, and how a machine without one gets it."""

from pathlib import Path
from typing import Any

import pytest

from huiguan.embedded import browser


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`machine("chromium")`: what is on the path; what was downloaded lies below the folder that is given back."""

    def with_programs(*names: str) -> Path:
        monkeypatch.delenv("CHROMIUM", raising=False)
        monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
        monkeypatch.setattr(browser.shutil, "which", lambda name: f"/bin/{name}" if name in names else None)
        monkeypatch.setattr(browser, "PLACES", ())
        monkeypatch.setattr(browser, "DOWNLOADED", ())
        monkeypatch.setattr(browser, "_works", lambda path: True)
        return tmp_path

    return with_programs


@pytest.mark.parametrize(
    ("programs", "found"),
    [
        (("chromium", "chromium-headless-shell"), "/bin/chromium-headless-shell"),
        (("google-chrome", "chromium"), "/bin/chromium"),
        ((), None),
    ],
)
def test_the_shell_is_preferred_to_a_browser_with_a_window(machine: Any, programs: Any, found: str | None) -> None:
    machine(*programs)
    assert browser.find() == found


def test_what_the_browser_tool_downloaded_is_found_and_its_shell_first(machine: Any) -> None:
    folder = machine()
    for name in ("chromium-1200/chrome-linux/chrome", "chromium_headless_shell-1200/chrome-linux/headless_shell"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).touch()
    assert str(browser.find()).endswith("headless_shell")


def test_a_debian_without_the_shell_gets_the_browser_with_its_window(
    machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine()
    asked: list[list[str]] = []

    def ran(command: list[str], environment: dict[str, str]) -> bool:
        asked.append(command)
        return "chromium-headless-shell" not in command

    monkeypatch.setattr(browser, "_ran", ran)
    monkeypatch.setattr(browser, "_is_debian", lambda: True)
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)
    browser.install()
    assert [command[-2] for command in asked if "install" in command] == ["chromium-headless-shell", "chromium"]
