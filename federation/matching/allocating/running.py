"""A distribution as it is carried out: read, settled in a process of its own, kept as evidence."""

import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localdate, now

from federation.matching.allocating.asking import Asking, Way, read
from federation.matching.allocating.contest import EDGES, POINTS, STEPS, Contest, Settled
from federation.matching.allocating.reasons import Reasons
from federation.matching.models import AllocationItem, AllocationRun
from federation.matching.models.allocations import Outcome
from federation.matching.ranking import ALGORITHM
from huiguan import trail
from huiguan.limits import run_limited
from huiguan.tenancy.binding import in_federation

VERSION = f"{ALGORITHM}+a1"  # of the ranking's rules and of these; raise it when a step or a reason changes
NOTHING = Settled((), (), False, "")
OF_WAY = {Way.URGENT: Outcome.URGENT, Way.PROMISED: Outcome.PROMISED}


def distribute(federation_id: uuid.UUID) -> AllocationRun | None:
    """The distribution of today; the newest when nothing has changed since, None when there never was anything scarce.

    No lock is held while it is worked out. Of two at once the second to end finds the first's and keeps that.
    """
    from federation.matching.shelves import place_of  # imported late: it brings numpy, and many processes match nothing

    read_at = now()
    with in_federation():
        corpus = place_of(federation_id).newest().stock.corpus
        asking, newest = read(federation_id, corpus, on=localdate()), AllocationRun.objects.newest(federation_id)
    fingerprint = asking.fingerprint()
    if newest and newest.says_the_same(VERSION, fingerprint):
        return newest
    contest = asking.contest()
    settled = settle(contest) if contest.needs else NOTHING
    run = _described(asking, contest, settled)
    run.federation_id, run.read_at, run.input_hash = federation_id, read_at, fingerprint
    return _keep(run, list(_items(run, asking, contest, settled)))


def settle(contest: Contest) -> Settled:
    """In a child, which is slower by its start and gives all of the solver's memory back."""
    found: Settled = run_limited("federation.matching.allocating.solving:settle", contest)
    return found


def _described(asking: Asking, contest: Contest, settled: Settled) -> AllocationRun:
    return AllocationRun(
        algorithm_version=VERSION,
        parameters={"solver": settled.solver, "steps": STEPS, "edges": EDGES},
        needs=len(contest.chambers),
        offers=len(asking.free),
        times=sum(asking.free.values()),
        given=len(settled.given),
        total=contest.total(settled.given) / POINTS,
        best_total=contest.total(settled.by_score) / POINTS,
        jain=contest.evenness(settled.given),
        best_jain=contest.evenness(settled.by_score),
        is_raised=settled.is_raised,
        chambers=_by_chamber(asking, contest, settled),
    )


def _by_chamber(asking: Asking, contest: Contest, settled: Settled) -> list[dict[str, Any]]:
    """In the order of their names."""
    named = {asked.need.chamber_id: asked.need.chamber_name for asked in asking.batch}
    asked, got, by_score = Counter(contest.chambers), contest.got(settled.given), contest.got(settled.by_score)
    rows = [
        {
            "chamber_id": str(key),
            "name": name,
            "asked": asked[number],
            "before": asking.served[key],
            "given": got[number],
            "by_score": by_score[number],
        }
        for number, (key, name) in enumerate(named.items())
    ]
    return sorted(rows, key=lambda row: str(row["name"]))


def _items(run: AllocationRun, asking: Asking, contest: Contest, settled: Settled) -> Iterator[AllocationItem]:
    reasons, number, by_score = iter(Reasons(contest, settled)), 0, set(settled.by_score)
    for asked in asking.pairs:
        is_batch = asked.way == Way.BATCH
        yield AllocationItem(
            federation_id=run.federation_id,
            run=run,
            need=asked.need,
            offer=asked.offer,
            need_version=asked.need.version,
            offer_version=asked.offer.version,
            score=round(asked.score, 4),
            outcome=next(reasons) if is_batch else OF_WAY[asked.way],
            by_score=is_batch and number in by_score,
        )
        number += is_batch


def _keep(run: AllocationRun, items: list[AllocationItem]) -> AllocationRun | None:
    """Unless the newest says the same already, or was read later."""
    with in_federation():
        trail.take_turn()
        newest = AllocationRun.objects.newest(run.federation_id)
        if newest is None and not items:
            return None
        if newest and (newest.says_the_same(VERSION, run.input_hash) or newest.read_at > run.read_at):
            return newest
        run.number = newest.number + 1 if newest else 1
        run.save()
        AllocationItem.objects.bulk_create(items, batch_size=1000)
        return run
