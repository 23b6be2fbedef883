"""`huiguan demo load|accounts`: the demo federation, and who may sign in to it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from huiguan.demo import loading


class Command(BaseCommand):
    help = "The demo federation: load it once, or list its accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["load", "accounts"])
        parser.add_argument("--json", action="store_true")

    def handle(self, verb: str, **options: Any) -> None:
        if verb == "load":
            loading.load(tell=self.stdout.write)
            return
        rows = loading.accounts()
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write("{place}  {url}  {name}  {role}  {email}  {password}".format(**row))
