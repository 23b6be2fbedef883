"""The trail, short (G18): what is taken away leaves its row, what would leave none is found; tampering is found."""

from typing import Any

from django.apps import apps

from api.abuse import trailing
from api.isolation.asking import Question
from huiguan.actors import SYSTEM, acting_as
from huiguan.audit import tampering
from huiguan.tenancy.binding import in_chamber
from tests.conftest import chamber


def taken_away(browser: Any) -> trailing.Watched:
    cookies = {name: cookie.value for name, cookie in browser.cookies.items()}
    question = Question("GET", "changde.localhost", "/members/member/export/", cookies)
    watched = trailing.Watched()

    def count() -> int:
        with in_chamber(chamber("changde")):
            return int(apps.get_model("audit.Entry").objects.count())

    trailing.take_away(watched, "members", question, count)
    return watched


def test_an_export_without_a_row_is_found_and_with_one_is_not(signed_in: Any, monkeypatch: Any) -> None:
    watched = taken_away(signed_in("qin"))
    assert (watched.exports, watched.faults) == (["members"], [])
    monkeypatch.setattr("huiguan.screens.bulk.trail.record_export", lambda *_told: None)
    monkeypatch.setattr("huiguan.screens.bulk.note_export", lambda *_told: None)
    said = [fault.split(":")[0] for fault in taken_away(signed_in("qin")).faults]
    assert said == ["without a row", "though the row could not be written"]


def test_every_kind_of_tampering_is_found(own_database: str) -> None:
    here = chamber("changde")
    with acting_as(SYSTEM), in_chamber(here):
        for name in ("一组", "二组", "三组"):
            apps.get_model("members.Group").objects.create(name=name)
    tried, missed = tampering.tamper(here.schema_name, 60, seed=1)
    assert (set(tried), missed) == ({*tampering.EDITS, *tampering.OTHERS}, [])
