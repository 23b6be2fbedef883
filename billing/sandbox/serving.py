"""`huiguan stripe-sandbox --port N`: a stand-in for Stripe, for the demo and for trying payments out."""

import os
import secrets
from argparse import ArgumentParser, Namespace
from pathlib import Path

import django
from django.conf import settings

from billing.sandbox.endpoints import listen
from billing.sandbox.server import Sandbox


def main(arguments: list[str]) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "billing.sandbox.settings"
    django.setup()
    options = _options(arguments)
    options.state.parent.mkdir(parents=True, exist_ok=True)
    sandbox = Sandbox(options.state, options.port)
    secret = settings.STRIPE_WEBHOOK_SECRET or f"whsec_{secrets.token_hex(16)}"
    listen(sandbox.store, options.forward_to, secret)
    sandbox.start()
    print(f"Payments are tried out at {sandbox.address}/_sandbox/", flush=True)
    if not settings.STRIPE_WEBHOOK_SECRET:
        print(f"For the site: STRIPE_API_BASE={sandbox.address} STRIPE_WEBHOOK_SECRET={secret}", flush=True)
    try:
        sandbox.wait()
    except KeyboardInterrupt:
        sandbox.stop()
    return 0


def _options(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(
        "huiguan stripe-sandbox", description="Serve a stand-in for Stripe; events go to this machine's own site."
    )
    webhook = f"http://{settings.BASE_DOMAIN}:{settings.PUBLIC_PORT}/billing/webhooks/stripe/"
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--state", type=Path, default=settings.RUN_DIR / "stripe-sandbox.sqlite3")
    parser.add_argument("--forward-to", default=webhook)
    return parser.parse_args(arguments)
