"""What commands are told by the environment."""

from pathlib import Path

import pytest

from huiguan.embedded import environment


def test_a_command_without_a_database_runs_before_there_is_a_run_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIGUAN_RUN_DIR", str(tmp_path / "fresh"))
    assert "PROMETHEUS_MULTIPROC_DIR" not in environment.variables(None)
    (tmp_path / "fresh" / "metrics").mkdir(parents=True)
    assert environment.variables(None)["PROMETHEUS_MULTIPROC_DIR"] == str(tmp_path / "fresh" / "metrics")
