"""`huiguan match evaluate`: a set that nobody has seen, through the doors of chambers and partners; nothing stays."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from federation.matching.evaluation import LabelledSet, judge

NEED = {
    "id": "n-甲", "chamber": "甲", "category": "VEN.HALL", "region": "610100", "region_hard": True,
    "quantity_min": 200, "quantity_unit": "seat", "window_from": "2019-03-05", "window_to": "2019-03-05",
    "budget_max_cny": 5000, "title": "两百人年会找会场", "text": "带大屏音响",
}  # fmt: skip
STRANGE = {"id": "n-乙", "chamber": "乙", "category": "ODD.THING", "title": "寻量子纠缠观测站", "quantity_unit": "斛"}
OFFER = {
    "id": "o-1", "chamber": "乙", "category": "VEN.HALL", "regions_served": ["610100"], "capacity": 260,
    "capacity_unit": "seat", "available_from": "2019-03-01", "available_to": "2019-12-31", "price_cny": 4000,
    "slots": 1, "visible_to": ["甲", "丙"], "status": "open", "title": "高新区酒店会议厅", "text": "260座,含投影和音响",
}  # fmt: skip
OFFERS = [
    OFFER,
    {**OFFER, "id": "o-own", "chamber": "甲", "visible_to": "ALL"},
    {**OFFER, "id": "o-closed", "status": "closed"},
    {**OFFER, "id": "o-unseen", "visible_to": ["丙"]},
    {
        "id": "o-odd",
        "chamber": "乙",
        "category": "VEN.ODD",
        "title": "大会礼堂",
        "capacity": 100,
        "capacity_unit": "seat",
    },
]
EXCLUDED = {"n-甲": {"o-own": "own_chamber", "o-closed": "not_open", "o-unseen": "not_visible", "o-odd": "capacity"}}
SET = {"as_of": "2019-02-20", "needs": [NEED, STRANGE], "offers": OFFERS, "qrels": {"n-甲": {"o-1": 3}},
       "must_exclude": EXCLUDED}  # fmt: skip


def written(folder: Path, content: Any) -> str:
    path = folder / "set.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return str(path)


def evaluated(path: str) -> Any:
    said = StringIO()
    call_command("match", "evaluate", path, "--json", stdout=said, stderr=StringIO())
    return json.loads(said.getvalue())


def shared_rows() -> dict[str, int]:
    from django.apps import apps
    from django.conf import settings

    kept = [m for m in apps.get_models() if m._meta.app_config.name not in settings.TENANT_APPS]  # type: ignore[union-attr]
    return {
        m._meta.label: m._base_manager.using("owner").count()
        for m in kept
        if m._meta.app_label not in ("journal", "sessions")
    }


def test_a_file_of_another_form_is_refused_before_anything_is_opened(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="not a labelled set"):
        call_command("match", "evaluate", written(tmp_path, {"needs": []}))


def test_four_conditions_are_measured_against_the_labels_and_nothing_stays(own_database: str, tmp_path: Path) -> None:
    before = shared_rows()
    found = evaluated(written(tmp_path, SET))
    perfect = {"violations": 0, "ndcg5": 1.0, "recall5": 1.0, "abstained": 1.0}
    assert found == dict.fromkeys(["given", "no_category", "noisy", "traditional"], perfect)
    assert {k: v for k, v in shared_rows().items() if v != before[k] and k != "tenancy.Spare"} == {}


def test_violations_are_counted_by_the_file_and_not_by_our_own_limits(tmp_path: Path) -> None:
    labelled = LabelledSet.read(Path(written(tmp_path, SET)))
    found = judge(labelled, {"n-甲": ["o-1", "o-closed", "o-odd"], "n-乙": ["o-1"]})
    assert (found.violations, found.unanswered) == (2, 0)


def test_an_interruption_leaves_nothing_behind(
    own_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    before = shared_rows()
    monkeypatch.setattr("api.trials.running.publish", interrupt)
    with pytest.raises(KeyboardInterrupt):
        evaluated(written(tmp_path, SET))
    assert {k: v for k, v in shared_rows().items() if v != before[k] and k != "tenancy.Spare"} == {}
