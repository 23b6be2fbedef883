"""`make bench NAME="provisioning outbox"` (`python -m tests.bench.run`): a JSON line for each figure that begins so.

Each builds its own data on a PostgreSQL of its own; ours and the baseline take turns in one run (A B A B …), and the
median of the pairs is shown with the spread. Small numbers by default; `--full` is what performance targets speak of.
"""

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping

from tests.bench import (
    benchmarking,
    dues,
    house,
    jobs,
    keeping,
    loads,
    matching,
    members,
    memory,
    messages,
    pages,
    papers,
    requests,
    tenancy,
)
from tests.bench.places import SIDES, Places, open_places
from tests.bench.sides import Side

Benchmark = Callable[[Places, int, int], Iterator[str]]
BENCHMARKS: Mapping[str, Benchmark] = {
    "provisioning.claim": tenancy.provisioning_claim,
    "provisioning.replay": tenancy.provisioning_replay,
    "migrate.apply": tenancy.migrate_apply,
    "migrate.noop": tenancy.migrate_noop,
    "request.queries": requests.request_queries,
    "request.overhead": requests.request_overhead,
    "page": pages.page,
    "import.members": members.import_members,
    "dues.assess": dues.dues_assess,
    "kpi.read": benchmarking.kpi_read,
    "kpi.refresh": benchmarking.kpi_refresh,
    "match.allocate": matching.match_allocate,
    "match.search": matching.match_search,
    "backup.one": keeping.backup_one,
    "jobs.switch": jobs.jobs_switch,
    "serve.rps": loads.serve_rps,
    "serve.noisy": loads.serve_noisy,
    "outbox.deliver": messages.outbox_deliver,
    "memory.backend": memory.memory_backend,
    "papers.receipt": papers.papers_receipt,
}
OF_THE_HOUSE: Mapping[str, Callable[[int], Iterator[str]]] = {
    "memory.web": memory.memory_web,
    "start": house.start,
    "tests": house.tests,
}
TABLES = 45  # beside those of the capabilities: about the 65 of a grown chamber
CHAMBERS, ALL_CHAMBERS = 20, 200


def main() -> None:
    options = _options()
    begins = options.names or [""]
    chosen = [name for name in (*BENCHMARKS, *OF_THE_HOUSE) if any(_is_meant(name, begin) for begin in begins)]
    if not chosen:
        sys.exit(
            f"No benchmark begins with {' or '.join(begins)}. There are: {', '.join((*BENCHMARKS, *OF_THE_HOUSE))}"
        )
    for line in _lines(chosen, options.pairs, ALL_CHAMBERS if options.full else CHAMBERS):
        print(line, flush=True)


def _lines(chosen: list[str], pairs: int, chambers: int) -> Iterator[str]:
    if in_pairs := [name for name in chosen if name in BENCHMARKS]:
        places = open_places(TABLES)
        try:
            _prepare(places)
            for name in in_pairs:
                yield from BENCHMARKS[name](places, pairs, chambers)
        finally:
            places.server.stop()
    for name in [name for name in chosen if name in OF_THE_HOUSE]:
        yield from OF_THE_HOUSE[name](pairs)


def _is_meant(name: str, begins: str) -> bool:
    """All tests are run only when they are named."""
    return name.startswith(begins) and (name != "tests" or begins == "tests")


def _prepare(places: Places) -> None:
    """The first migration of the temporary apps, then the shared tables of each side."""
    command = [sys.executable, "-m", "django", "makemigrations", "--verbosity=0", "bench_work", "bench_client"]
    subprocess.run(command, env=places.environment("stock"), check=True)
    for name in SIDES:
        with Side(places, name) as side:
            side.do("prepare")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", help="how the names of the benchmarks begin")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--full", action="store_true", help=f"{ALL_CHAMBERS} chambers: takes half an hour")
    return parser.parse_args()


if __name__ == "__main__":
    main()
