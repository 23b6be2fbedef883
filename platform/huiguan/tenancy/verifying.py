"""Checks of the walls between chambers."""

from django.core.management.base import CommandParser

from huiguan.tenancy.trying.closed import enumerating
from huiguan.tenancy.trying.crowd import crowd
from huiguan.tenancy.trying.migrations import migrations
from huiguan.tenancy.trying.reach import reach
from huiguan.verifying import Check, register


def _of_the_crowd(parser: CommandParser) -> None:
    parser.add_argument("--statements", type=int, default=20_000, help="reads and writes; the goal wants 200000")
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--chambers", type=int, default=4)


def _of_reach(parser: CommandParser) -> None:
    parser.add_argument("--chambers", type=int, default=50)


def _of_migrations(parser: CommandParser) -> None:
    parser.add_argument("--chambers", type=int, default=50)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)


def _of_hosts(parser: CommandParser) -> None:
    parser.add_argument("--requests", type=int, default=1_000, help="to each kind of host")


CROWD = "G2: threads in few chambers while their statements are cancelled, fail and are rolled back"
register(Check("concurrency", crowd, CROWD, arguments=_of_the_crowd))
register(Check("reach", reach, "G3: what each chamber's role can reach of all others' tables", arguments=_of_reach))
KILLED = "G20: a migration of many chambers is killed again and again; who is behind is closed, and all come to head"
register(Check("migrations", migrations, KILLED, arguments=_of_migrations))
HOSTS = "G16: unknown, reserved, suspended and erased hosts cannot be told apart"
register(Check("hosts", enumerating, HOSTS, arguments=_of_hosts))
