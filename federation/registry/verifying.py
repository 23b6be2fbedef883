"""`huiguan verify ledger` and `huiguan verify consents`: what the federation holds, and what crosses to it. [G19]"""

from typing import Any

from django.core.management.base import CommandParser

from federation.registry.holding import holdings
from federation.registry.holding.comparing import compare
from federation.registry.walking.opening import opened
from federation.registry.walking.running import run
from huiguan.verifying import Check, Options, Result, Say, register


def _held_against(_options: Options, say: Say) -> Result:
    say("Reading the sharing ledgers of all chambers")
    found = compare()
    figure = (
        f"{len(found.foreign)} foreign of {found.words:,} words in {found.rows:,} rows of {found.tables} tables, "
        f"held against {found.messages:,} messages"
    )
    return Result(figure, not found.foreign, {"foreign": found.foreign, "erased": found.gone, "made": _made()})


def _walked(options: Options, say: Say) -> Result:
    """In a federation of its own, which its two chambers leave at the end."""
    federation, chambers = opened()
    try:
        found = run(federation, chambers, steps=options["steps"], seed=options["seed"], say=say)
    finally:
        for chamber in chambers:
            chamber.suspend("huiguan verify consents")
    done = sum(found.steps.values())
    figure = f"{len(found.leaks)} crossed without a live consent in {done:,} grants, withdrawals and publications"
    details = {"leaks": found.leaks, "looks": found.looks, "words seen": found.words, "seed": options["seed"]}
    return Result(figure, not found.leaks, {**details, "steps": dict(found.steps), "refused": dict(found.refused)})


def _steps(parser: CommandParser) -> None:
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)


def _made() -> list[str]:
    """What the federation makes itself, each with its reason."""
    fields = [f"{h.model._meta.label}.{name}: {why}" for h in holdings().values() for name, why in h.made.items()]
    tables: list[Any] = [f"{h.model._meta.label}: {h.why}" for h in holdings().values() if h.why]
    return sorted([*tables, *fields])


register(
    Check(
        "ledger",
        _held_against,
        "Every field that the federation holds about a chamber stands word for word in that chamber's ledger. [G19]",
    )
)
register(
    Check(
        "consents",
        _walked,
        "A random walk of grants and withdrawals: nothing crosses to a federation without a live consent. [G19]",
        arguments=_steps,
    )
)
