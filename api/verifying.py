"""Checks of the whole house: only this layer knows all of it."""

import secrets
from dataclasses import asdict

from django.core.management.base import CommandParser

from api.abuse.repeating import idempotency
from api.abuse.trailing import trail
from api.isolation.reporting import isolation
from api.isolation.roles import roles
from api.trials.crashing.running import by_victim, try_crashes
from huiguan.verifying import Check, Options, Result, Say, register


def crash(options: Options, say: Say) -> Result:
    """G6. The defaults are the short form; the goal is `--minutes 20 --kills 200`."""
    seed = options["seed"] if options["seed"] is not None else secrets.randbelow(1_000_000)
    report = try_crashes(minutes=options["minutes"], kills=options["kills"], seed=seed, say=say)
    details = asdict(report) | {"kills": by_victim(report.kills)}
    return Result(report.figure, report.passed, details)


def api(options: Options, say: Say) -> Result:
    """G9. With schemathesis, which is among the packages for development alone."""
    from api.abuse import fuzzing

    chosen = options["seed"] if options["seed"] is not None else secrets.randbelow(1_000_000)
    return fuzzing.api(examples=options["examples"], seed_=chosen, say=say)


def _of_api(parser: CommandParser) -> None:
    parser.add_argument("--examples", type=int, default=50, help="of each operation; the goal wants 200")
    parser.add_argument("--seed", type=int, default=None, help="the same seed makes the same cases")


def _of_isolation(parser: CommandParser) -> None:
    parser.add_argument("--every", type=int, default=1, help="only each n-th address (1: all of them, half an hour)")
    parser.add_argument("--start", type=int, default=0, help="from which one on")


def _of_roles(parser: CommandParser) -> None:
    parser.add_argument("--every-pair", action="store_true", help="each address without each permission: an hour")


def _of_crash(parser: CommandParser) -> None:
    parser.add_argument("--minutes", type=float, default=2.0, help="how long there is load")
    parser.add_argument("--kills", type=int, default=12, help="at random moments of that time")
    parser.add_argument("--seed", type=int, default=None, help="the same seed chooses the same victims and moments")


def _of_idempotency(parser: CommandParser) -> None:
    parser.add_argument("--keys", type=int, default=200, help="the goal wants 1000")
    parser.add_argument("--at-once", type=int, default=20, help="calls with one key at the same moment")


ISOLATION = "G1: every address by every kind of actor, with another chamber's credentials and keys"
ROLES = "G5: without a permission exactly the addresses that declare it are closed"
CRASH = "G6: processes are killed at random, and nothing acknowledged is lost or double"


def _of_trail(parser: CommandParser) -> None:
    parser.add_argument("--tamperings", type=int, default=1_000)
    parser.add_argument("--every", type=int, default=1, help="only each n-th address")
    parser.add_argument("--seed", type=int, default=1)


API = "G9: whatever is sent to the API is answered as its document says"
IDEMPOTENCY = "G8: a call of the API that is repeated has one effect, also at the same moment"
register(Check("isolation", isolation, ISOLATION, arguments=_of_isolation))
register(Check("roles", roles, ROLES, arguments=_of_roles))
register(Check("crash", crash, CRASH, arguments=_of_crash))
register(Check("idempotency", idempotency, IDEMPOTENCY, arguments=_of_idempotency))
register(Check("api", api, API, arguments=_of_api))
TRAIL = "G18: whatever is taken away or shown whole leaves its row, and an edited trail is found"
register(Check("trail", trail, TRAIL, arguments=_of_trail))
