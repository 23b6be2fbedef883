"""`huiguan audit verify`: reads a trail from its first entry and says where it was first tampered with, if anywhere."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huiguan.audit import chains
from huiguan.tenancy import hosts
from huiguan.tenancy.models import Chamber, Domain


class Command(BaseCommand):
    help = "Verify the audit trail of a chamber, of a federation, or all of them."

    def add_arguments(self, parser: CommandParser) -> None:
        verifying = parser.add_subparsers(dest="verb", required=True).add_parser("verify")
        whose = verifying.add_mutually_exclusive_group(required=True)
        whose.add_argument("--chamber", metavar="SLUG", default="")
        whose.add_argument("--federation", metavar="SLUG", default="")
        whose.add_argument("--all", action="store_true", dest="everything")
        verifying.add_argument("--json", action="store_true")

    def handle(self, **options: Any) -> None:
        broken = []
        for verdict in _chosen(options["chamber"], options["federation"]):
            self.stdout.write(json.dumps(verdict.as_dict()) if options["json"] else _line(verdict))
            broken += [] if verdict.is_whole else [verdict.chain]
        if broken:
            raise CommandError(f"the trail is broken: {', '.join(broken)}")


def _chosen(chamber: str, federation: str) -> Iterable[chains.Verdict]:
    if chamber:
        return [chains.of_chamber(_found(Chamber.objects.filter(slug=chamber), chamber))]
    if federation:
        known = Domain.objects.exclude(federation_id=None).filter(domain=hosts.address(federation))
        return [chains.of_federation(_found(known, federation))]
    return chains.all_chains()


def _found(rows: Any, name: str) -> Any:
    row = rows.first()
    if row is None:
        raise CommandError(f"there is no {name} here")
    return row


def _line(verdict: chains.Verdict) -> str:
    state = "whole" if verdict.is_whole else f"BROKEN at entry {verdict.first_break}"
    return f"{verdict.chain}: {verdict.entries} entries, {state}"
