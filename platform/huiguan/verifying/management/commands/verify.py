"""`huiguan verify NAME [--json] [options]`: one check of the house, with the figure that it found."""

import json
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from huiguan.verifying import Result, checks


class Command(BaseCommand):
    help = "Check the house and print a figure; fails when it is not what it must be."

    def add_arguments(self, parser: CommandParser) -> None:
        names = parser.add_subparsers(dest="name", required=True, metavar="NAME")
        for check in checks():
            one = names.add_parser(check.name, help=check.help, description=check.help)
            one.add_argument("--json", action="store_true", help="one object")
            one.set_defaults(check=check)
            check.arguments(one)

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Checks try to do harm: not here, but on a house of their own. 请勿在正式环境运行。")
        began = time.monotonic()
        result = options["check"].run(options, self._say)
        seconds = round(time.monotonic() - began, 1)
        self.stdout.write(_object(options["name"], result, seconds) if options["json"] else _words(result, seconds))
        if not result.passed:
            raise SystemExit(1)

    def _say(self, text: str) -> None:
        self.stderr.write(text, self.style.NOTICE)
        self.stderr.flush()


def _object(name: str, result: Result, seconds: float) -> str:
    said = {"check": name, "passed": result.passed, "figure": result.figure, "seconds": seconds, **result.details}
    return json.dumps(said, ensure_ascii=False, default=str)


def _words(result: Result, seconds: float) -> str:
    """The figure, then what it is made of; long lists by their first rows."""
    verdict = "passed" if result.passed else "FAILED"
    lines = [f"{verdict}: {result.figure} ({seconds} s)"]
    for name, value in result.details.items():
        if isinstance(value, (list, tuple)):
            lines += [f"  {name}: {len(value)}", *(f"    {each}" for each in value[:50])]
        else:
            lines.append(f"  {name}: {value}")
    return "\n".join(lines)
