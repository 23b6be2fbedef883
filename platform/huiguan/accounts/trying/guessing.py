"""Ten thousand guesses in a day, one address at many chambers, and whether an answer betrays who exists. [G15]"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import monotonic, perf_counter, sleep
from time import time as now
from typing import Any
from unittest.mock import patch

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.hashers import make_password

from huiguan.accounts.models import Person
from huiguan.accounts.trying.door import Stranger, evaluated
from huiguan.tenancy.hosts import address as host_of
from huiguan.tenancy.trying import doors
from huiguan.verifying import Options, Result, Say

DAY, MINUTE = 86_400, 60
MOST_A_DAY = 100  # NIST SP 800-63B, 5.2.2
MOST_A_MINUTE = 30
MOST_DIFFERENCE = 0.005  # seconds
PASSWORD = secrets.token_urlsafe(16)


class Clock:
    """What the counting of attempts takes for the time: a day passes while the trial runs."""

    def __init__(self) -> None:
        self.now = now()

    def time(self) -> float:
        return self.now

    monotonic, sleep = staticmethod(monotonic), staticmethod(sleep)


def guessing(options: Options, say: Say) -> Result:
    with doors(options["chambers"]) as chambers, _clock() as clock:
        hosts = [host_of(chamber.slug) for chamber in chambers]
        guessed, owner = guess(clock, hosts, options["guesses"], options["addresses"])
        say(f"{guessed} of {options['guesses']:,} guesses at one account were looked at")
        sprayed = spray(clock, hosts)
        say(f"{sprayed} of {10 * len(hosts)} guesses of one address were looked at")
        difference = betrayal(clock, hosts[0], options["pairs"])
    figure = f"{guessed} of {options['guesses']:,} guesses of a day at one account were looked at, "
    figure += f"{sprayed} of one address in a minute at {len(hosts)} chambers; the owner "
    figure += f"{'came in' if owner else 'was shut out'}; known and unknown differ by {difference * 1000:.1f} ms"
    good = guessed <= MOST_A_DAY and sprayed <= MOST_A_MINUTE and owner and difference < MOST_DIFFERENCE
    return Result(figure, good, {"pairs": options["pairs"], "addresses": options["addresses"]})


def guess(clock: Clock, hosts: list[str], guesses: int, addresses: int) -> tuple[int, bool]:
    """Over a day, evenly, from many addresses, while the owner's own browser signs in at the end."""
    email = _person("owner").email
    device = Stranger().sign_in(hosts[0], email, PASSWORD, "192.0.2.1").cookies[settings.DEVICE_COOKIE_NAME].value
    stranger = Stranger()
    with evaluated() as counter:
        for number in range(guesses):
            clock.now += DAY / guesses
            stranger.sign_in(hosts[number % len(hosts)], email, f"guess-{number}", _address(number % addresses))
    answer = Stranger(device).sign_in(hosts[0], email, PASSWORD, "192.0.2.1")
    return counter.number, answer.status_code == 302


def spray(clock: Clock, hosts: list[str]) -> int:
    """One address, within a minute, ten accounts at each chamber."""
    clock.now += DAY
    stranger, tries = Stranger(), 10 * len(hosts)
    with evaluated() as counter:
        for number in range(tries):
            clock.now += (MINUTE - 1) / tries
            stranger.sign_in(hosts[number % len(hosts)], f"somebody{number}@example.com", "summer", "192.0.2.9")
    return counter.number


def betrayal(clock: Clock, host: str, pairs: int) -> float:
    """Seconds between the answers for an account that there is and for one that there is not: the median of pairs."""
    email, stranger = _person("known").email, Stranger()

    def seconds(who: str, number: int) -> float:
        clock.now += DAY
        began = perf_counter()
        stranger.sign_in(host, who, "summer", _address(number))
        return perf_counter() - began

    pair: Callable[[int], float] = lambda n: seconds(email, n) - seconds(f"no{n}@example.com", n)  # noqa: E731
    return abs(median(pair(number) for number in range(pairs)))


@contextmanager
def _clock() -> Iterator[Clock]:
    clock = Clock()
    with patch.object(ratelimit, "time", clock):
        yield clock


def _person(name: str) -> Any:
    """Without a role anywhere: what is tried ends at the door."""
    email = f"verify-{secrets.token_hex(6)}@example.com"
    return Person.objects.create(email=email, name=name, password=make_password(PASSWORD))


def _address(number: int) -> str:
    return f"198.18.{number // 250 % 250}.{number % 250 + 1}"
