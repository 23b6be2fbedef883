"""`huiguan stripe-sandbox --port N`: a stand-in for Stripe, for the demo and for trying payments out."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from billing.sandbox.endpoints import listen
from billing.sandbox.server import Sandbox


class Command(BaseCommand):
    help = "Serve a stand-in for Stripe; events go to this machine's own site."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=0)
        parser.add_argument("--state", type=Path, default=settings.RUN_DIR / "stripe-sandbox.sqlite3")
        parser.add_argument(
            "--forward-to", default=f"http://{settings.BASE_DOMAIN}:{settings.PUBLIC_PORT}/billing/webhooks/stripe/"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        options["state"].parent.mkdir(parents=True, exist_ok=True)
        sandbox = Sandbox(options["state"], options["port"])
        listen(sandbox.store, options["forward_to"], settings.STRIPE_WEBHOOK_SECRET)
        sandbox.start()
        self.stdout.write(f"Payments are tried out at {sandbox.address}/_sandbox/")
        try:
            sandbox.wait()
        except KeyboardInterrupt:
            sandbox.stop()
