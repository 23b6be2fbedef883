"""Checks of the door."""

from django.core.management.base import CommandParser

from huiguan.accounts.trying.guessing import guessing
from huiguan.verifying import Check, register


def _of_guessing(parser: CommandParser) -> None:
    parser.add_argument("--guesses", type=int, default=2_000, help="of one account in a day; the goal wants 10000")
    parser.add_argument("--addresses", type=int, default=1_000, help="that they come from")
    parser.add_argument("--chambers", type=int, default=50, help="that one address is sprayed over")
    parser.add_argument("--pairs", type=int, default=200, help="of a known and an unknown account; the goal wants 1000")


GUESSING = "G15: how many guesses are looked at, whether the owner comes in, what the time of an answer betrays"
register(Check("guessing", guessing, GUESSING, arguments=_of_guessing))
