"""Every call we make is accepted by Stripe's own mock, which checks it against Stripe's published description."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import stripe
from django.conf import settings as django_settings

from billing import actions, events, provider, reconciliation
from billing.models import Plan
from tests.support.web import WEB

MODULE = "github.com/stripe/stripe-mock@v0.203.0"
INSTALL_SECONDS, START_SECONDS = 180, 60
Said = tuple[str, str, str]


class Recorder(stripe.RequestsClient):
    """Notes each request before it is sent."""

    def __init__(self) -> None:
        super().__init__(timeout=10)
        self.said: list[Said] = []

    def request(self, method: str, url: str, headers: Any, post_data: Any = None) -> Any:
        self.said.append((method.upper(), "/v1/" + url.partition("/v1/")[2], post_data or ""))
        return super().request(method, url, headers, post_data)


@pytest.fixture(scope="session")
def stripe_mock() -> Iterator[str]:
    """Installed once into the run folder; its address."""
    program = _installed(Path(django_settings.RUN_DIR) / "tools")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = subprocess.Popen([program, "-http-port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield _when_it_answers(f"http://127.0.0.1:{port}")
    finally:
        running.terminate()
        running.wait(timeout=10)


def _installed(folder: Path) -> Path:
    program = folder / "stripe-mock"
    if program.exists():
        return program
    if not shutil.which("go"):
        pytest.skip("Go is not installed, so stripe-mock cannot be built")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        environment = os.environ | {"GOBIN": str(folder)}
        subprocess.run(
            ["go", "install", MODULE], env=environment, check=True, capture_output=True, timeout=INSTALL_SECONDS
        )
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"stripe-mock could not be installed: {getattr(error, 'stderr', b'') or error!r}")
    return program


def _when_it_answers(address: str) -> str:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            WEB.get(address, timeout=10)
            return address
        except httpx.TransportError:
            time.sleep(0.05)
    pytest.skip("stripe-mock did not start")


@pytest.fixture
def said(sandbox: Any, monkeypatch: pytest.MonkeyPatch) -> list[Said]:
    """What the application says to Stripe from here on."""
    recorder = Recorder()

    def client() -> stripe.StripeClient:
        addresses: Any = {"api": sandbox.address}
        version = provider.API_VERSION
        return stripe.StripeClient(
            "sk_test_tests", base_addresses=addresses, http_client=recorder, stripe_version=version
        )

    monkeypatch.setattr(provider, "client", client)
    return recorder.said


def test_stripe_accepts_what_we_say(said: list[Said], stripe_mock: str, account: Any, buy: Any, pass_days: Any) -> None:
    do_everything(account, buy, pass_days)
    assert {call.split("?")[0] for call in map(kind_of, said)} >= EXPECTED
    headers = {"Authorization": "Bearer sk_test_tests", "Content-Type": "application/x-www-form-urlencoded"}
    for method, path, form in distinct(said):
        answer = WEB.request(method, stripe_mock + path, content=form.encode(), headers=headers)
        assert answer.status_code == 200, (method, path, form, answer.text)


def test_stripe_accepts_what_we_say_of_chambers_accounts(said: list[Said], stripe_mock: str, changde: Any) -> None:
    receive_a_payment(changde)
    assert {kind_of(call).split("?")[0] for call in said} >= EXPECTED_OF_ACCOUNTS
    headers = {"Authorization": "Bearer sk_test_tests", "Content-Type": "application/x-www-form-urlencoded"}
    for method, path, said_form in distinct(said):
        form = said_form.replace("allowed_payment_method_types", "payment_method_types")  # its older name, in this mock
        answer = WEB.request(method, stripe_mock + path, content=form.encode(), headers=headers)
        assert answer.status_code == 200, (method, path, form, answer.text)


def test_stripe_mock_refuses_what_the_sandbox_refuses(stripe_mock: str, sandbox: Any) -> None:
    for address in (stripe_mock, sandbox.address):
        services = stripe.StripeClient("sk_test_tests", base_addresses={"api": address}).v1
        with pytest.raises(stripe.InvalidRequestError):
            services.subscriptions.create({"customer": "cus_1", "itemz": "x"})  # type: ignore


EXPECTED = {
    "POST customers", "GET customers", "POST products", "POST prices", "GET prices",
    "POST subscriptions", "GET subscriptions", "DELETE subscriptions",
    "POST checkout/sessions", "GET checkout/sessions", "POST billing_portal/sessions", "GET invoices", "GET events",
}  # fmt: skip


EXPECTED_OF_ACCOUNTS = {
    "POST accounts", "GET accounts", "POST checkout/sessions", "GET checkout/sessions", "POST refunds", "GET refunds",
    "GET disputes", "GET payouts",
}  # fmt: skip


def receive_a_payment(chamber: Any) -> None:
    """Connected, paid, paid back in part, compared by night."""
    import datetime

    from billing import collecting, receiving
    from billing.drift import find_drift
    from tests.billing.connecting import connect, pay

    account = connect(chamber)
    home = "http://changde.test/dues/"
    opened = collecting.open_page(
        chamber_id=chamber.pk, purpose="tests", key="1", title="2026 年会费", payer="西安样本商贸有限公司",
        lines=[("2026 年会费", 200_000)], return_url=home, cancel_url=home,
    )  # fmt: skip
    pay(opened.url)
    collecting.confirm(chamber_id=chamber.pk, collection_id=opened.pk)
    collecting.refund(chamber_id=chamber.pk, collection_id=opened.pk, fen=50_000, key="1", reason="多缴")
    receiving.mirror_payouts(account, since=datetime.date(2026, 1, 1))
    find_drift(account)


def do_everything(account: Any, buy: Callable[..., Any], pass_days: Callable[[int], None]) -> None:
    plans = {plan.code: plan for plan in Plan.objects.all()}
    home = "http://changde.test/billing/"
    back = buy("standard-monthly").headers["location"]
    actions.confirm(chamber_id=account.chamber_id, session_id=back.partition("paid=")[2])
    actions.open_portal(chamber_id=account.chamber_id, return_url=home)
    actions.change_plan(chamber_id=account.chamber_id, plan=plans["large-monthly"])
    actions.cancel(chamber_id=account.chamber_id)
    actions.keep(chamber_id=account.chamber_id)
    actions.invoices(account)
    reconciliation.reconcile()
    actions.cancel(chamber_id=account.chamber_id)
    pass_days(40)
    events.sweep()
    for code in ("small-yearly", "standard-yearly"):
        actions.open_checkout(chamber_id=account.chamber_id, plan=plans[code], return_url=home)
    from billing.customers import _find_customer

    _find_customer("customer-lost")


def kind_of(call: Said) -> str:
    """`GET subscriptions`, whatever the id."""
    method, path, _form = call
    parts = [
        part
        for part in path.split("?")[0].removeprefix("/v1/").split("/")
        if "_" not in part or part == "billing_portal"
    ]
    return f"{method} {'/'.join(parts)}"


def distinct(calls: list[Said]) -> list[Said]:
    """One of each method, path and set of parameter names."""
    found = {(kind_of(call), call[1].partition("?")[2], names_in(call[2])): call for call in calls}
    return list(found.values())


def names_in(form: str) -> frozenset[str]:
    return frozenset(part.partition("=")[0] for part in form.split("&"))
