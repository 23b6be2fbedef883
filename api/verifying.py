"""Checks of the whole house: only this layer knows all of it."""

from django.core.management.base import CommandParser

from api.isolation.reporting import isolation
from api.isolation.roles import roles
from huiguan.verifying import Check, register


def _of_isolation(parser: CommandParser) -> None:
    parser.add_argument("--every", type=int, default=1, help="only each n-th address (1: all of them, half an hour)")
    parser.add_argument("--start", type=int, default=0, help="from which one on")


def _of_roles(parser: CommandParser) -> None:
    parser.add_argument("--every-pair", action="store_true", help="each address without each permission: an hour")


ISOLATION = "G1: every address by every kind of actor, with another chamber's credentials and keys"
ROLES = "G5: without a permission exactly the addresses that declare it are closed"
register(Check("isolation", isolation, ISOLATION, arguments=_of_isolation))
register(Check("roles", roles, ROLES, arguments=_of_roles))
