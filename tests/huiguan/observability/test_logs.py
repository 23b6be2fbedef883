"""Log lines are JSON, say which request and chamber they belong to, and hold no personal data."""

import json
import logging
import logging.config
import uuid
from io import StringIO
from typing import Any

import structlog

from huiguan.observability import context


def lines(written: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_line_carries_the_facts_of_the_work_in_hand(written: StringIO) -> None:
    chamber = uuid.uuid4()
    with context.work(chamber=chamber, place="chamber", actor=None):
        structlog.get_logger("huiguan.test").info("dues.assessed", members=260)
    (line,) = lines(written)
    assert line["event"] == "dues.assessed" and line["members"] == 260
    assert line["chamber"] == str(chamber) and uuid.UUID(line["request_id"])
    assert line["level"] == "info" and line["logger"] == "huiguan.test" and line["at"].endswith("Z")


def test_facts_of_one_request_do_not_reach_the_next() -> None:
    with context.work(chamber=uuid.uuid4()):
        pass
    with context.work():
        assert set(context.known()) <= {"request_id"}


def test_values_are_scrubbed_and_named_secrets_left_out(written: StringIO) -> None:
    log = structlog.get_logger("huiguan.test")
    log.info("member.saved", name="Wang", said="打 13800138000 找王小明", data={"password": "pw", "n": [1, "a@b.cn"]})
    (line,) = lines(written)
    assert line["name"] == "[left out]"
    assert line["said"] == "[han] [number] [han]"
    assert line["data"] == {"password": "[left out]", "n": [1, "[email]"]}


def test_of_another_librarys_line_only_the_pattern_is_kept(written: StringIO) -> None:
    logging.getLogger("partner").warning("Not Found: %s", "/download/signed-secret")
    logging.getLogger("partner").warning(f"cannot parse {'canary'}")
    assert [line["event"] for line in lines(written)] == ["Not Found: %s", "partner"]
    assert "signed-secret" not in written.getvalue() and "canary" not in written.getvalue()


def test_a_library_that_sets_its_own_level_is_not_heard_below_ours(written: StringIO) -> None:
    library = logging.getLogger("library.of.words")
    library.setLevel(logging.DEBUG)
    library.debug("loaded %s", "dictionary")
    assert lines(written) == []


def test_our_own_lines_are_kept(written: StringIO) -> None:
    logging.getLogger("huiguan.outbox.delivery").error("a message was not delivered")
    assert [line["event"] for line in lines(written)] == ["a message was not delivered"]


def test_an_error_is_logged_with_its_frames_and_without_its_words(written: StringIO) -> None:
    try:
        raise ValueError("canary")
    except ValueError:
        structlog.get_logger("huiguan.test").exception("import.failed")
    (line,) = lines(written)
    assert line["error"] == "ValueError" and line["frames"][-1].endswith(
        "test_an_error_is_logged_with_its_frames_and_without_its_words"
    )
    assert "canary" not in json.dumps({**line, "frames": []})
