"""`huiguan verify`: checks come from the folders, print a figure, and fail the command when it is not good."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from huiguan import verifying
from huiguan.verifying import Check, Result, register


def _number(parser: Any) -> None:
    parser.add_argument("--number", type=int, default=3)


@pytest.fixture
def counting() -> Iterator[Callable[[bool], None]]:
    """A check that counts to what it is told, and passes or not."""

    def bring(passed: bool) -> None:
        def run(options: Any, say: Any) -> Result:
            say("counting")
            return Result(f"{options['number']} counted", passed, {"numbers": list(range(options["number"]))})

        register(
            Check(
                "counting", run, "counts", arguments=lambda p: p.add_argument("--number", type=int, default=3) and None
            )
        )

    verifying.checks()
    yield bring
    verifying._checks.pop("counting", None)


def test_two_checks_of_one_name_are_refused(counting: Any) -> None:
    counting(True)
    with pytest.raises(ValueError, match="twice"):
        counting(True)


def test_a_house_in_production_is_not_checked_by_doing_it_harm(counting: Any, settings: Any) -> None:
    counting(True)
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not here"):
        call_command("verify", "counting")


def test_a_figure_that_is_not_what_it_must_be_fails_the_command(counting: Any, capsys: Any) -> None:
    counting(False)
    with pytest.raises(SystemExit) as stopped:
        call_command("verify", "counting")
    assert stopped.value.code == 1
    assert "FAILED: 3 counted" in capsys.readouterr().out


def test_the_figure_is_printed_for_people_and_for_programs(counting: Any, capsys: Any) -> None:
    counting(True)
    call_command("verify", "counting", "--number", "2")
    printed = capsys.readouterr()
    assert printed.out.startswith("passed: 2 counted") and "numbers: 2" in printed.out
    assert "counting" in printed.err
    call_command("verify", "counting", "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["check"], said["passed"], said["figure"], said["numbers"]) == (
        "counting",
        True,
        "3 counted",
        [0, 1, 2],
    )
