"""Alerts and the dashboard ask for figures that the house really gives, by labels that they really have."""

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from huiguan.embedded.chart import CHART
from huiguan.embedded.folder import PROJECT
from huiguan.observability import metrics

OURS = re.compile(r"(huiguan_\w+)(?:\{([^}]*)\})?")
GROUPED = re.compile(r"\bby \(([^)]*)\)")
NOT_OF_THE_FIGURE = {"le"}
ENDINGS = re.compile(r"_(total|count|sum|bucket|created)$")


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((CHART / "monitoring" / "alerts.yaml").read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def dashboard() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((CHART / "monitoring" / "dashboard.json").read_text("utf-8"))
    return read


def questions() -> Iterator[str]:
    yield from (rule["expr"] for rule in rules())
    yield from (target["expr"] for panel in dashboard()["panels"] for target in panel["targets"])


def figures() -> dict[str, set[str]]:
    """By name what each is told apart by; the one that is asked of PostgreSQL at each scrape among them."""
    found = {"huiguan_database_connections": {"state"}}
    for figure in vars(metrics).values():
        if name := getattr(figure, "_name", ""):
            found[name] = set(figure._labelnames)
    return found


def test_every_figure_that_is_asked_for_exists_with_its_labels() -> None:
    known = figures()
    for question in questions():
        asked = OURS.findall(question)
        grouped = {label.strip() for labels in GROUPED.findall(question) for label in labels.split(",")}
        names = {ENDINGS.sub("", name) for name, _labels in asked}
        assert names <= known.keys(), question
        allowed = set().union(*(known[name] for name in names)) | NOT_OF_THE_FIGURE
        assert grouped <= allowed, question
        for name, labels in asked:
            assert set(re.findall(r"(\w+)\s*[=!]", labels)) <= known[ENDINGS.sub("", name)], question


def test_every_figure_is_looked_at_somewhere() -> None:
    asked = {ENDINGS.sub("", name) for question in questions() for name, _labels in OURS.findall(question)}
    assert figures().keys() == asked


def test_tasks_and_outcomes_are_named_as_they_are() -> None:
    from huiguan.deliveries.models import Delivery
    from huiguan.outbox.models import Message
    from huiguan.schedules import SCHEDULES

    outcomes = {*Delivery.Status.values, *Message.State.values, "made", "failed"}
    text = " ".join(questions())
    assert set(re.findall(r'task="([^"]+)"', text)) <= {each["task"] for each in SCHEDULES.values()}
    assert set(re.findall(r'outcome="([^"]+)"', text)) <= outcomes


def test_every_alert_says_what_to_do_in_a_runbook_that_is_there() -> None:
    page = (PROJECT / "docs" / "operations.md").read_text("utf-8")
    anchors = {"#" + re.sub(r"[^a-z0-9 -]", "", line[4:].lower()).replace(" ", "-") for line in page.splitlines()
               if line.startswith("### ")}  # fmt: skip
    for rule in rules():
        assert rule["annotations"]["runbook"] in anchors, rule["alert"]
        assert rule["annotations"]["summary"]
