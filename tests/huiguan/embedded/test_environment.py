"""What commands are told by the environment."""

from pathlib import Path

import pytest

from huiguan.embedded import environment, folder


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(folder, "MEMORY", tmp_path / "memory")
    return tmp_path / "memory"


def test_a_command_without_a_database_runs_before_there_is_a_run_folder(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIGUAN_RUN_DIR", str(tmp_path / "fresh"))
    assert "PROMETHEUS_MULTIPROC_DIR" not in environment.variables(None)
    (tmp_path / "fresh" / "metrics").mkdir(parents=True)
    assert environment.variables(None)["PROMETHEUS_MULTIPROC_DIR"] == str(tmp_path / "fresh" / "metrics")


def test_figures_are_shared_in_memory_apart_for_each_house(tmp_path: Path, memory: Path) -> None:
    memory.mkdir()
    one, other = folder.metrics(tmp_path / "one"), folder.metrics(tmp_path / "other")
    assert one != other
    assert one.parent == other.parent == memory
    assert one.stat().st_mode & 0o777 == 0o700
    assert folder.metrics(tmp_path / "one") == one


def test_figures_are_shared_on_the_disk_where_memory_cannot_be_had_or_trusted(tmp_path: Path, memory: Path) -> None:
    on_disk = tmp_path / "house" / "metrics"
    assert folder.metrics(tmp_path / "house") == on_disk
    memory.mkdir()
    mine = folder.metrics(tmp_path / "house")
    mine.rmdir()
    mine.symlink_to(tmp_path)
    assert folder.metrics(tmp_path / "house") == on_disk


def test_figures_of_processes_that_are_gone_are_forgotten(tmp_path: Path, memory: Path) -> None:
    memory.mkdir()
    left = folder.metrics(tmp_path / "house") / "counter_1.db"
    left.touch()
    folder.forget_figures(tmp_path / "house")
    assert not left.exists()
