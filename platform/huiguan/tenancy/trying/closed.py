"""A host that leads nowhere answers like one whose chamber is suspended or gone: nobody can list chambers. [G16]"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils.timezone import now

from huiguan.tenancy import hosts
from huiguan.tenancy.models import RESERVED, Chamber, Domain
from huiguan.tenancy.trying import doors
from huiguan.verifying import Options, Result, Say

MOST_DIFFERENCE = 0.005  # seconds, between the medians
EVERY = 200


@dataclass
class Answers:
    """Of one kind of host."""

    seconds: list[float] = field(default_factory=list)
    seen: set[tuple[int, int]] = field(default_factory=set)  # status and length


def enumerating(options: Options, say: Say) -> Result:
    with _closed() as names:
        answers = ask(names, options["requests"], say)
    medians = {kind: median(each.seconds) for kind, each in answers.items()}
    difference = max(medians.values()) - min(medians.values())
    seen = set().union(*(each.seen for each in answers.values()))
    figure = f"{len(seen)} kinds of answers and {difference * 1000:.1f} ms between the medians, "
    figure += f"over {options['requests']:,} requests to each of {len(names)} kinds of closed hosts"
    details = {kind: f"{value * 1000:.2f} ms" for kind, value in medians.items()}
    return Result(figure, len(seen) == 1 and difference <= MOST_DIFFERENCE, {**details, "answers": sorted(seen)})


def ask(names: dict[str, str], requests: int, say: Say) -> dict[str, Answers]:
    """In turns, so that whatever slows the machine slows all of them; each looked up anew."""
    client, answers = Client(), {kind: Answers() for kind in names}
    for number in range(requests):
        for kind, name in names.items():
            hosts.forget(name)
            began = time.perf_counter()
            answer: Any = client.get("/", HTTP_HOST=name, secure=settings.TLS)
            answers[kind].seconds.append(time.perf_counter() - began)
            answers[kind].seen.add((answer.status_code, len(answer.content)))
        if number % EVERY == EVERY - 1:
            say(f"{number + 1:,} requests to each")
    return answers


@contextmanager
def _closed() -> Iterator[dict[str, str]]:
    """One host of each kind that must not be told from the others."""
    with doors(2) as (suspended, erased):
        Chamber.objects.filter(pk=suspended.pk).update(status=Chamber.Status.SUSPENDED)
        Chamber.objects.filter(pk=erased.pk).update(status=Chamber.Status.ERASED)
        Domain.objects.filter(tenant=erased).update(retired_at=now())
        slugs = {"unknown": "nobody-has-this", "reserved": min(RESERVED - {"www"})}
        slugs |= {"suspended": suspended.slug, "erased": erased.slug}
        yield {kind: hosts.address(slug) for kind, slug in slugs.items()}
