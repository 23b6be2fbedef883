"""T17: the attacker with every number of four releases; and, with a rule switched off, that it is one."""

import json
from collections.abc import Callable
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command

from federation.benchmarking import disclosure
from federation.benchmarking.attacking import attack, running
from federation.benchmarking.attacking.knowledge import known_of
from federation.benchmarking.attacking.worlds import Worlds
from federation.benchmarking.attacking.years import Played, play
from federation.benchmarking.disclosure import Contribution, Year, release
from federation.benchmarking.management.commands import benchmark

VALUES = (52.3, 58.3, 61.3, 66.3, 70.3, 74.3, 77.3, 81.3, 84.3, 88.3, 91.3, 95.3, 97.3)
VICTIM = "c11"  # 95.3
Play = Callable[[], Played]


def chambers(province: str = "61") -> list[Contribution]:
    facets = [{"province": province if f"c{n}" == VICTIM else "61"} for n in range(len(VALUES))]
    return [Contribution(f"c{n}", f"o{n}", value, 400, 60, facets[n]) for n, value in enumerate(VALUES)]


def alone_in_its_province() -> Played:
    """All thirteen, and the twelve of the other province."""
    return Played("%", _values(), (release(chambers("43"), unit="%"),))


def away_from_the_second_release() -> Played:
    first = release(chambers(), unit="%")
    rest = [one for one in chambers() if one.chamber != VICTIM]
    return Played("%", _values(), (first, release(rest, unit="%", year=Year().after(first))))


def found_in(played: Played) -> running.Found:
    return next(one for one in running.attacked(played, Random(1)) if one.victim == VICTIM)


def test_t17_nobody_is_bounded_in_random_federations() -> None:
    found = list(attack(6))
    assert len(found) > 60
    assert [one for one in found if one.is_bounded or not one.is_settled] == []


@pytest.mark.parametrize("played", [alone_in_its_province, away_from_the_second_release])
def test_t17_the_rules_hide_whom_they_would_show_without_d7(played: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within one release, and from one to the next: the same attacker, the same chambers."""
    assert not found_in(played()).is_bounded
    monkeypatch.setattr(disclosure, "_isolates", lambda one, other: False)
    found = found_in(played())
    assert found.is_bounded
    assert found.low <= found.value <= found.high


def test_t17_in_every_other_world_our_rules_publish_the_same_and_the_knower_knows_the_same() -> None:
    played = play(Random("1:3"))
    truth, first = dict(played.values), played.outcomes[0]
    others = list(Worlds(known_of(played), truth, 100.0, Random(1)).around("c1", "c2", width=30))[1:]
    assert others
    for world in others:
        told = [Contribution(who, who, world[who], 400, 60, facets) for who, facets in first.counted.items()]
        assert release(told, unit=played.unit).cells == first.cells
        assert (world["c2"], world["c1"] != truth["c1"]) == (truth["c2"], True)


def test_the_command_says_the_worst_interval_and_fails_when_somebody_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    said = StringIO()
    call_command("benchmark", "attack", "--rosters", "2", "--json", stdout=said, stderr=StringIO())
    told = json.loads(said.getvalue())
    assert (told["rosters"], told["releases"], told["bounded"], told["undecided"]) == (2, 4, 0, 0)
    assert told["worst"] >= told["limit"]
    bounded = running.Found(0, "c1", "c2", 80.0, 75.0, 82.0, is_proved=True)
    monkeypatch.setattr(benchmark, "attack", lambda rosters, **told: [bounded])
    with pytest.raises(SystemExit) as ended:
        call_command("benchmark", "attack", stdout=(words := StringIO()), stderr=StringIO())
    assert ended.value.code == 1
    assert "75.0 to 82.0 for 80.0, ±4.4%" in words.getvalue()


def _values() -> dict[str, float]:
    return {f"c{n}": value for n, value in enumerate(VALUES)}
