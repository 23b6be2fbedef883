"""After an erasure nothing is left, of a person and of a chamber; and the check notices what is."""

from pathlib import Path
from typing import Any

import pytest

from huiguan.privacy import erasing, verifying
from huiguan.tenancy import hosts
from huiguan.tenancy.models import Spare


@pytest.fixture(autouse=True)
def _alone(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_database: str) -> None:
    """A chamber whose role no other database of this server knows."""
    Spare.objects.all().delete()
    settings.RUN_DIR = tmp_path
    monkeypatch.setattr(hosts, "SECONDS", 0)


def test_nothing_is_left_of_a_person_and_a_chamber() -> None:
    result = verifying.sweep({}, print)
    assert result.passed, result.details
    assert result.details["planted"] > 100
    assert result.figure.startswith("0 of ")


def test_what_an_erasure_forgets_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "_blank", lambda row, also: None)
    result = verifying.sweep({}, print)
    assert not result.passed
    assert any("deliveries_delivery" in where for where in result.details["person_left"])
