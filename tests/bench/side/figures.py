"""Key figures of many chambers: read where chambers sent them, and computed in each schema in turn."""

import itertools
import time
import uuid

from federation.benchmarking.models import Submission
from federation.benchmarking.releasing import newest_figures
from huiguan.actors import SYSTEM, acting_as
from huiguan.capability import kpis
from huiguan.kpis import Period
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber
from tenants.benchmarks.actions import compute

CODES = [f"B{number:02}" for number in range(10)]
YEAR, QUARTER = 2026, 1


def send_figures(chambers: int) -> str:
    """Ten figures of each of so many chambers, as they would have been delivered."""
    federation = uuid.uuid4()
    said = {"federation_id": federation, "version": 1, "year": YEAR, "quarter": QUARTER, "members": 120}
    senders = [uuid.uuid4() for _number in range(chambers)]
    rows = (Submission(chamber_id=each, code=code, value=50.0, **said) for each in senders for code in CODES)
    Submission.objects.using("owner").bulk_create(rows, batch_size=2000)
    return str(federation)


def read_figures(federation: str) -> int:
    """As the release job reads them."""
    return len(newest_figures(federation_id=federation, year=YEAR, quarter=QUARTER))


def fan_out() -> int:
    """Ten figures computed in every chamber, one after another."""
    declared, period = list(kpis().values()), Period.quarter(YEAR, QUARTER)
    measured = 0
    for chamber in Chamber.objects.all():
        with in_chamber(chamber):
            ten = itertools.islice(itertools.cycle(declared), len(CODES))
            measured += len([kpi.measure(period) for kpi in ten])
    return measured


def refresh_figures(slug: str) -> int:
    """Every figure of one chamber, worked out and kept, as the product does each night: how many."""
    with in_chamber(Chamber.objects.get(slug=slug)), acting_as(SYSTEM):
        return len(compute(YEAR, QUARTER))


def each_figure(slug: str) -> dict[str, float]:
    """Milliseconds of each figure alone, to know the slow ones."""
    period, taken = Period.year_to(Period.quarter(YEAR, QUARTER).last), {}
    with in_chamber(Chamber.objects.get(slug=slug)), acting_as(SYSTEM):
        for code, kpi in kpis().items():
            started = time.perf_counter()
            kpi.measure(period)
            taken[code] = round(1000 * (time.perf_counter() - started), 1)
    return taken
