"""Preparing `.venv`: what pip was told on this machine is told to uv, and failures are explained."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from huiguan.embedded.folder import PROJECT


@pytest.fixture
def prepare(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("prepare", PROJECT / "bin" / "prepare.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_registry_and_wheels_told_to_pip_are_told_to_uv(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("PIP_FIND_LINKS", "/wheels /more")
    for name in ("UV_DEFAULT_INDEX", "UV_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    told = prepare.settings_for_uv()
    assert told["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert told["UV_FIND_LINKS"] == "/wheels,/more"


def test_what_uv_itself_was_told_wins(prepare: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://other.example/simple")
    assert "UV_DEFAULT_INDEX" not in prepare.settings_for_uv()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("error: dns error: failed to lookup address", "check the network"),
        ("No module named venv", "apt-get install python3-venv"),
        ("[Errno 30] Read-only file system: '.venv'", "cannot be written"),
        ("something never seen", "something never seen"),
    ],
)
def test_a_failure_is_explained(prepare: ModuleType, said: str, told: str) -> None:
    assert told in prepare.explain(said)


def test_a_changed_lock_makes_the_environment_stale(
    prepare: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text("")
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "STAMP", tmp_path / "stamp")
    assert not prepare.is_prepared()
    (tmp_path / "stamp").write_text(prepare.wanted_stamp())
    assert prepare.is_prepared()
    (tmp_path / "requirements.lock").write_text("django==6")
    assert not prepare.is_prepared()
