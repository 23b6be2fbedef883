"""Functions that the tests of limits run in a child."""

import sys


class TwoPartError(Exception):
    """Cannot be made again from its message alone."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} {second}")


def raise_what_cannot_be_sent() -> None:
    raise TwoPartError("zu", "viel")


def talk() -> int:
    print("not a result")
    sys.stdout.flush()
    return 7
