"""`huiguan demo load|accounts`: the demo federation, and who may sign in to it."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from huiguan.demo import loading


class Command(BaseCommand):
    help = "The demo federation: load it once, or list its accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["load", "accounts"])
        parser.add_argument("--json", action="store_true")

    def handle(self, verb: str, **options: Any) -> None:
        if verb == "load":
            if settings.PRODUCTION:
                raise CommandError(
                    "The demo's passwords are public: it is not loaded here. 演示账号的密码是公开的，正式环境不能载入。"
                )
            try:
                loading.load(tell=self.stdout.write)
            except loading.Interrupted as error:
                raise CommandError(str(error)) from error
            return
        with translation.override("zh-hans"):
            rows = loading.accounts()
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write("{place}  {url}  {name}  {role}  {email}  {password}".format(**row))
