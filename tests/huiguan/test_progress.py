"""How far a long job has come is told across processes, and never in the way of the job."""

import time
import uuid
from typing import Any

import pytest

from huiguan import progress
from huiguan.limits import run_limited
from huiguan.progress import Progress, found, kept, report, told_to
from huiguan.tenancy.binding import in_chamber

Said = list[tuple[str, int, int]]


@pytest.fixture
def at_once(monkeypatch: Any) -> None:
    """Every report is handed on, however soon after the last."""
    monkeypatch.setattr(progress, "EVERY_SECONDS", 0)


def test_nobody_must_listen() -> None:
    report("reading", 1, 2)


def test_what_is_reported_can_be_asked_for_until_the_job_is_committed(
    working: Any, at_once: None, django_capture_on_commit_callbacks: Any
) -> None:
    working("qin")
    with django_capture_on_commit_callbacks(execute=True):
        with kept("job"):
            report("reading", 1, 4)
            report("reading", 3, 4)
        last = found("job")
        assert last and (last.step, last.done, last.of) == ("reading", 3, 4)
    assert found("job") is None


def test_a_job_that_failed_is_no_longer_under_way(working: Any, django_capture_on_commit_callbacks: Any) -> None:
    working("qin")
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), kept("failed"):
        report("reading")
        raise RuntimeError
    assert found("failed") is None


def test_another_chamber_cannot_ask(changde: Any, shaoyang: Any) -> None:
    job = uuid.uuid4()
    with in_chamber(changde):
        progress._keep(progress._place_of(job), Progress("reading", 1, 2, time.time()))
        assert found(job)
    with in_chamber(shaoyang):
        assert found(job) is None


def test_who_has_said_nothing_for_long_is_taken_to_have_ended(working: Any, monkeypatch: Any) -> None:
    working("qin")
    with kept("job"):
        report("reading")
        monkeypatch.setattr(progress, "FRESH_SECONDS", 0)
        assert found("job") is None


def test_a_cache_that_is_away_does_not_stop_the_job(working: Any, monkeypatch: Any) -> None:
    working("qin")

    def away() -> Any:
        raise ConnectionError

    monkeypatch.setattr(progress, "_cache", away)
    done = False
    with kept("job"):
        report("reading")
        done = True
    assert done


def test_a_person_is_not_told_more_often_than_they_can_read() -> None:
    said: Said = []
    with told_to(lambda *each: said.append(each)):
        for number in range(1000):
            report("reading", number, 1000)
        report("keeping", 0, 1000)
    assert said == [("reading", 0, 1000), ("keeping", 0, 1000)]


def test_a_child_process_is_heard_too(at_once: None) -> None:
    said: Said = []
    with told_to(lambda *each: said.append(each)):
        assert run_limited("tests.huiguan.limited:report_and_answer") == 3
    assert said == [("reading", 1, 3), ("keeping", 2, 3)]


def test_what_a_child_reports_is_kept_where_its_parent_works(working: Any, at_once: None) -> None:
    working("qin")
    with kept("job"):
        run_limited("tests.huiguan.limited:report_and_answer")
        last = found("job")
        assert last and (last.step, last.done) == ("keeping", 2)


def test_a_child_that_says_nonsense_on_the_line_is_not_believed(at_once: None) -> None:
    said: Said = []
    with told_to(lambda *each: said.append(each)):
        assert run_limited("tests.huiguan.limited:say_nonsense") == 7
    assert said == [("reading", 1, 2)]
