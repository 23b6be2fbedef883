"""`huiguan verify crash`: processes of a house of its own are killed at random under mixed load (goal G6)."""

import datetime
import json
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from api.trials.crashing.house import House, Say, staged
from api.trials.crashing.killing import APPLICATION, DATABASE, Kill, Killer, throw_away
from api.trials.crashing.mailbox import Mailbox, mailbox
from api.trials.crashing.noting import Notebook, Notes
from api.trials.crashing.writing import Writing, writers

MOST_SECONDS = {APPLICATION: 10.0, DATABASE: 30.0}  # until it works again, at the 95th percentile
FIRST_KILL_AFTER_SECONDS = 3.0


@dataclass(frozen=True)
class Report:
    """`lost` and `double` name what was acknowledged; `broken` what must always hold and does not."""

    acknowledged: dict[str, int]
    mails: int
    kills: list[Kill]
    lost: list[str]
    double: list[str]
    broken: list[str]
    seed: int
    recovery: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        return not (self.lost or self.double or self.broken) and all(
            told["p95"] <= MOST_SECONDS[layer] for layer, told in self.recovery.items()
        )

    @property
    def figure(self) -> str:
        times = ", ".join(f"{layer} back in {told['p95']} s (p95)" for layer, told in self.recovery.items())
        return (
            f"{len(self.kills)} kills, {sum(self.acknowledged.values())} acknowledged writes: "
            f"{len(self.lost)} lost, {len(self.double)} double, {len(self.broken)} broken; {times}"
        )


def try_crashes(*, minutes: float, kills: int, seed: int, say: Say, folder: Path | None = None) -> Report:
    """`folder`: run data that are there already and stay; without one, a house is opened in a new folder."""
    place = folder or _new_folder()
    try:
        with mailbox() as box, House(place, mail_port=box.port).opened(say) as house:
            return _tried(house, box, minutes=minutes, kills=kills, seed=seed, say=say)
    finally:
        if folder is None:
            throw_away(place)


def recovery_of(kills: list[Kill]) -> dict[str, dict[str, float]]:
    """Seconds by layer: the median, the 95th percentile, the worst."""
    return {layer: _spread(times) for layer in MOST_SECONDS if (times := _times(kills, layer))}


def _tried(house: House, box: Mailbox, *, minutes: float, kills: int, seed: int, say: Say) -> Report:
    say("opening a chamber, a federation, a partner")
    told = staged(house)
    notebook = Notebook(house.folder / "acknowledged.jsonl")
    killer = Killer(house, schema=told["schema"], seed=seed)
    with _load(house, told, notebook) as at_work:
        done = [*_kill_all(killer, at_work, minutes=minutes, kills=kills, seed=seed, say=say)]
    house.wait_until(house.answers, 120)
    notebook.close()
    say("waiting for what is on its way, then counting")
    verdict = _judged(house, notebook.path)
    broken = [*verdict["broken"], *(w.problem for w in at_work if w.problem), *box.wrong(notebook.path)]
    counts = Notes.read(notebook.path).counts()
    return Report(
        counts, box.letters, done, verdict["missing"], verdict["double"], broken, seed, recovery_of(done)
    )  # fmt: skip


@contextmanager
def _load(house: House, told: dict[str, Any], notebook: Notebook) -> Iterator[list[Writing]]:
    """Mixed, for as long as the block lasts. What is being written when it ends is written to its end."""
    day = str(datetime.datetime.now(datetime.UTC).date())
    made = writers(told, port=house.port, secret=house.webhook_secret(), day=day, notebook=notebook)
    at_work = [Writing(each) for each in made]
    for each in at_work:
        each.start()
    try:
        yield at_work
    finally:
        for each in at_work:
            each.finish()


def _kill_all(
    killer: Killer, at_work: list[Writing], *, minutes: float, kills: int, seed: int, say: Say
) -> Iterator[Kill]:
    """At moments chosen before, or as soon as the house has recovered from the one before. Ends early with the load."""
    began = time.monotonic()
    for number, moment in enumerate(_moments(minutes, kills, seed), start=1):
        time.sleep(max(0.0, began + moment - time.monotonic()))
        if any(each.problem for each in at_work):
            return
        made = killer.kill()
        took = "" if made.seconds is None else f", back after {made.seconds:.1f} s"
        say(f"{number}/{kills} {made.victim}{took}")
        yield made


def _moments(minutes: float, kills: int, seed: int) -> list[float]:
    chance = random.Random(seed + 1)  # noqa: S311  # a trial, no secret
    return sorted(chance.uniform(FIRST_KILL_AFTER_SECONDS, 60 * minutes) for _number in range(kills))


def _judged(house: House, notes: Path) -> dict[str, list[str]]:
    answer = house.folder / "verdict.json"
    house.run("api.trials.crashing.judging", str(notes), str(house.folder / "staged.json"), str(answer))
    found: dict[str, list[str]] = json.loads(answer.read_text())
    return found


def _times(kills: list[Kill], layer: str) -> list[float]:
    return sorted(k.seconds for k in kills if k.layer == layer and k.seconds is not None)


def _spread(times: list[float]) -> dict[str, float]:
    at = min(len(times) - 1, round(0.95 * (len(times) - 1)))
    return {"median": round(statistics.median(times), 1), "p95": round(times[at], 1), "worst": round(times[-1], 1)}


def by_victim(kills: list[Kill]) -> dict[str, int]:
    return dict(Counter(kill.victim for kill in kills))


def _new_folder() -> Path:
    """Not below a home that is closed to the database's own user."""
    made = Path(tempfile.mkdtemp(prefix="huiguan-crash-"))
    made.chmod(0o711)
    return made
