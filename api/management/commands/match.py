"""`huiguan match evaluate FILE`: how good the matching is on a labelled set. Progress on stderr, figures on stdout."""

import json
import signal
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any, NoReturn

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from api.trials.running import evaluate
from federation.matching.evaluation import LabelledSet
from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.models import Chamber


class Command(BaseCommand):
    help = "Measure the matching on a labelled set, in chambers that are opened for it and erased."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        evaluating = verbs.add_parser("evaluate", help="violations, nDCG@5, Recall@5 and abstention in four conditions")
        evaluating.add_argument("file", type=labelled_set, help="JSON as tests/data/matching_dev.json")
        evaluating.add_argument("--json", action="store_true", help="one object, a key for each condition")

    def handle(self, verb: str, file: LabelledSet, **options: Any) -> None:
        if Chamber._meta.db_table not in connection.introspection.table_names():
            call_command("migrate", verbosity=0)  # a house in which nothing has been done yet
        said = signal.signal(signal.SIGTERM, _stop)
        try:
            with acting_as(SYSTEM):
                found = evaluate(file, self._progress)
        finally:
            signal.signal(signal.SIGTERM, said)
        if options["json"]:
            self.stdout.write(json.dumps(found))
            return
        for condition, figures in found.items():
            self.stdout.write(f"{condition:12} " + "  ".join(f"{name} {value}" for name, value in figures.items()))

    def _progress(self, words: str) -> None:
        self.stderr.write(words, self.style.NOTICE)
        self.stderr.flush()


def labelled_set(path: str) -> LabelledSet:
    """Read before anything is opened: a file of another form costs nothing."""
    try:
        return LabelledSet.read(Path(path))
    except OSError as error:
        raise ArgumentTypeError(str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArgumentTypeError(f"{path} is not a labelled set: {error!r}") from error


def _stop(number: int, frame: object) -> NoReturn:
    """A termination cleans up as Ctrl-C does."""
    raise KeyboardInterrupt
