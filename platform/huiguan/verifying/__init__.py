"""Checks of the whole house that print a figure: `huiguan verify NAME`. A folder brings its own in a `verifying.py`.

    def trial(options: Options, say: Say) -> Result: …

    register(Check("ledger", trial, _help, arguments=add_arguments))

`huiguan verify ledger --rounds 1000 --json` calls `trial` with the parsed arguments; `say` tells how far it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.management.base import CommandParser
from django.utils.module_loading import autodiscover_modules

Options = Mapping[str, Any]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Result:
    """`figure` is the sentence that is quoted (`0 leaks over 30,412 requests`); `details` are plain values."""

    figure: str
    passed: bool
    details: Mapping[str, Any] = field(default_factory=dict)


def _no_arguments(parser: CommandParser) -> None:
    pass


@dataclass(frozen=True)
class Check:
    """`help` names the goal of docs/security.md. The defaults of the arguments are what a person waits for."""

    name: str
    run: Callable[[Options, Say], Result]
    help: str
    arguments: Callable[[CommandParser], None] = _no_arguments


_checks: dict[str, Check] = {}


def register(check: Check) -> Check:
    """Called once by a folder's `verifying.py`. Raises ValueError for a second of the same name."""
    if check.name in _checks:
        raise ValueError(f"check {check.name!r} is registered twice")
    _checks[check.name] = check
    return check


def checks() -> list[Check]:
    """All that any folder brings, by name."""
    _discover()
    return [_checks[name] for name in sorted(_checks)]


@cache
def _discover() -> None:
    autodiscover_modules("verifying")
