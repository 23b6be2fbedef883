"""A repeated call, short (G8): a key has one effect, a second one would be counted; how long an answer is kept."""

import datetime
from typing import Any

import pytest
from django.utils.timezone import now

from api.abuse.callers import LISTINGS, caller_of
from api.abuse.repeating import Partners, repeat
from api.models import KeptAnswer
from api.tasks import clear_kept_answers
from tests.conftest import chamber

NEED = {"kind": "need", "title": "找会场", "contact_name": "联系人", "contact_phone": "13900000001"}
HOURS_PROMISED = 72


def silent(_text: str) -> None:
    pass


@pytest.fixture
def partners(own_database: str) -> Partners:
    return Partners(*(caller_of(chamber(slug), "verify") for slug in ("changde", "changde", "shaoyang")))


def test_a_key_that_is_too_long_is_refused_and_not_cut(own_database: str) -> None:
    answer = caller_of(chamber("changde"), "verify").post(LISTINGS, NEED, **{"Idempotency-Key": "k" * 65})
    assert (answer.status_code, KeptAnswer.objects.count()) == (400, 0)


def test_a_key_that_is_sent_many_times_at_once_has_one_effect(partners: Partners) -> None:
    seen = repeat(partners, keys=2, at_once=6, say=silent)
    assert seen.result.passed, seen
    assert (seen.effects, seen.replayed, dict(seen.met)) == (2, 10, {201: 12})


def test_a_second_effect_would_be_counted(partners: Partners, monkeypatch: Any) -> None:
    def forgetful(grant: Any, key: str, digest: str) -> tuple[KeptAnswer, bool]:
        return KeptAnswer(grant=grant, digest=digest), True

    monkeypatch.setattr("api.views.base._reserve", forgetful)
    monkeypatch.setattr(KeptAnswer, "save", lambda kept: None)
    seen = repeat(partners, keys=1, at_once=3, say=silent)
    assert not seen.result.passed and seen.effects == 4, "three at once, and the other body"
    assert {fault.split(": ")[1] for fault in seen.faults} >= {"3 calls did something"}


def test_an_answer_is_kept_for_the_hours_that_are_promised_and_then_let_go(own_database: str) -> None:
    caller = caller_of(chamber("changde"), "verify")

    def after(age: datetime.timedelta) -> bool:
        KeptAnswer.objects.update(created_at=now() - age)
        clear_kept_answers()
        return "Idempotent-Replayed" in caller.post(LISTINGS, NEED, **{"Idempotency-Key": "k"}).headers

    caller.post(LISTINGS, NEED, **{"Idempotency-Key": "k"})
    assert after(datetime.timedelta(hours=HOURS_PROMISED, minutes=1))
    assert not after(KeptAnswer.LIFE + datetime.timedelta(minutes=1))
