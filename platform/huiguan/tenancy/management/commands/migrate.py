"""`huiguan migrate`: public tables, then every chamber, then spare schemas for the next ones."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.management.commands.migrate import Command as Migrate

from huiguan.tenancy import migrating, provisioning


class Command(BaseCommand):
    help = "Bring public and all chambers to the head of the migrations."

    autodetector = Migrate.autodetector  # a system check asks for it

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--spares", type=int, default=provisioning.SPARES)

    def handle(self, **options: Any) -> None:
        migrating.migrate_shared(options["verbosity"] - 1)
        provisioning.make_missing_keys()
        report = migrating.migrate_chambers(self._progress)
        for slug, reason in report.failed.items():
            self.stderr.write(f"{slug}: {reason}")
        provisioning.refill(options["spares"])
        if report.failed:
            raise CommandError(f"{len(report.failed)} chambers were left as they were; run this again.")

    def _progress(self, done: int, of: int) -> None:
        self.stdout.write(f"{done}/{of} chambers")
