"""`huiguan partner register NAME`: a client for a bank, a department or a vendor; prints its secret once."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from api.actions import register_partner


class Command(BaseCommand):
    help = "Register a partner of the API; the secret is shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["register"])
        parser.add_argument("name")
        parser.add_argument("--json", action="store_true")

    def handle(self, verb: str, name: str, **options: Any) -> None:
        client, secret = register_partner(name=name)
        said = {"name": name, "client_id": client.client_id, "client_secret": secret}
        self.stdout.write(json.dumps(said, ensure_ascii=False) if options["json"] else "\n".join(said.values()))
