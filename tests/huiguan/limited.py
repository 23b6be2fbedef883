"""Functions that the tests of limits run in a child."""

import os
import sys

from huiguan.progress import report


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


def report_and_answer() -> int:
    report("reading", 1, 3)
    report("keeping", 2, 3)
    return 3


def say_nonsense() -> int:
    line = int(sys.argv[2])
    os.write(line, b"\xff\xfe\n\n" + b"x" * 5000 + b"\nreading -1 2\nreading 1 2 3\n")
    report("reading", 1, 2)
    return 7
