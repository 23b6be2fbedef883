"""Each chamber has its share of a web process; alone it has all of it."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from huiguan.tenancy import middleware, shares
from huiguan.tenancy.shares import Shares, TooBusy


class Day:
    """A clock that is set, and work that costs what it says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = self.worked = 0.0
        monkeypatch.setattr(shares.time, "thread_time", lambda: self.worked)
        self.shares = Shares(0.4, clock=lambda: self.now)

    def work(self, key: str, seconds: float) -> None:
        with self.shares.taken(key):
            self.worked += seconds
            self.now += seconds

    def is_let_in(self, key: str) -> bool:
        """With a second request, while its first one runs."""
        try:
            with self.shares.taken(key, may_wait=False), self.shares.taken(key):
                return True
        except TooBusy:
            return False


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    return Day(monkeypatch)


def flood(day: Day, key: str, seconds: float = 8.0) -> None:
    for _number in range(int(seconds / 0.1)):
        day.work(key, 0.1)


def test_who_has_had_its_share_waits_while_others_want_theirs(day: Day) -> None:
    flood(day, "loud")
    day.work("quiet", 0.1)
    assert not day.is_let_in("loud")
    assert day.is_let_in("quiet")


def test_who_is_alone_has_everything(day: Day) -> None:
    flood(day, "loud", seconds=60)
    assert day.shares.load_of("loud") > 0.9
    assert day.is_let_in("loud")


def test_who_reads_one_page_after_the_other_is_never_turned_away(day: Day) -> None:
    flood(day, "loud")
    day.work("quiet", 0.1)
    with day.shares.taken("quiet"):
        day.work("loud", 0.1)
    assert not day.is_let_in("loud"), "a second page at once has to wait"


def test_somebody_elses_request_that_still_runs_counts_as_wanting(day: Day) -> None:
    flood(day, "loud")
    with day.shares.taken("quiet"):
        assert not day.is_let_in("loud")
    assert day.is_let_in("loud")  # it cost nothing


def test_a_burst_is_forgiven_in_seconds(day: Day) -> None:
    flood(day, "loud")
    day.now += 5
    day.work("quiet", 0.2)
    assert day.is_let_in("loud")


def crowd(day: Day, loud: float) -> Counter[str]:
    """Twenty chambers on a machine that gives the process a tenth of its time: three requests at once, always. Who was
    turned away in eight seconds, when the loud one wants so much of each tenth of a second and another 10 ms of it."""
    turned_away = Counter[str]()
    with day.shares.taken("a"), day.shares.taken("b"), day.shares.taken("c"), day.shares.taken("loud"):
        for tick in range(80):
            day.now += 0.1
            for key, worked in ((f"quiet {tick % 19}", 0.01), ("loud", loud)):
                try:
                    with day.shares.taken(key):
                        day.worked += worked
                except TooBusy:
                    turned_away[key] += 1
    return turned_away


def test_in_a_crowd_who_takes_many_times_as_much_as_the_others_is_turned_away(day: Day) -> None:
    turned_away = crowd(day, loud=0.02)
    assert turned_away["loud"] > 20 and set(turned_away) == {"loud"}


def test_in_a_crowd_of_which_each_takes_as_much_nobody_is(day: Day) -> None:
    assert not crowd(day, loud=0.0005)


def test_where_nobody_is_in_anothers_way_one_may_take_many_times_as_much(day: Day) -> None:
    for tick in range(80):
        day.now += 0.06
        day.work(f"quiet {tick % 19}", 0.01)
        day.work("loud", 0.03)
    assert day.is_let_in("loud")


def test_what_is_kept_of_chambers_that_left_does_not_grow(day: Day) -> None:
    for number in range(500):
        day.work(str(number), 0.01)
        day.now += 1
    assert len(day.shares._used) < 60


def test_ten_times_the_load_of_one_leaves_the_others_most_of_the_process(day: Day) -> None:
    """Every tenth of a second ten want in for the loud one and one for the quiet: each costs 20 ms."""
    served = {"loud": 0, "quiet": 0}
    for _tick in range(600):
        ends = day.now + 0.1
        for key in ("quiet", *["loud"] * 10):
            if day.now < ends and day.is_let_in(key):
                day.work(key, 0.02)
                served[key] += 1
        day.now = max(day.now, ends)
    assert served["quiet"] == 600
    assert 0.3 < served["loud"] * 0.02 / 60 < 0.5


@pytest.mark.parametrize(
    ("path", "kind"), [("/members/member/", "text/html"), ("/api/v1/members/", "application/problem")]
)
def test_a_busy_chamber_is_told_to_come_back_in_a_moment(
    signed_in: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch, path: str, kind: str
) -> None:
    class Full(Shares):
        def _must_wait(self, key: Any) -> bool:
            return True

    client = signed_in("qin")
    monkeypatch.setattr(middleware, "SHARES", Full(0.4))
    answer = client.get(path)
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "2"
    assert answer.headers["Content-Type"].startswith(kind)
    assert client.post("/members/group/new/", {"name": "餐饮专委会"}).status_code != 503, "what was typed would be lost"
