"""Events are signed as Stripe signs and sent until they are accepted."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
import stripe

from billing.sandbox.deliveries import deliver, waiting
from billing.sandbox.endpoints import listen
from billing.sandbox.server import Sandbox

SECRET = "whsec_test"


class Receiver(HTTPServer):
    """Refuses the first delivery, accepts the others, keeps all."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[tuple[bytes, str]] = []


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server.received.append((body, self.headers["Stripe-Signature"]))
        self.send_response(500 if len(server.received) == 1 else 200)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def receiver() -> Any:
    server = Receiver()
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_refused_delivery_is_sent_again_and_the_signature_holds(
    sandbox: Sandbox, services: stripe.V1Services, receiver: Receiver
) -> None:
    for endpoint in services.webhook_endpoints.list().data:
        services.webhook_endpoints.delete(endpoint.id)
    listen(sandbox.store, f"http://127.0.0.1:{receiver.server_port}/", SECRET)
    services.customers.create({"name": "常德商会"})
    assert [deliver(sandbox.store, one) for one in waiting(sandbox.store)] == [False]
    assert len(services.events.list({"delivery_success": False}).data) == 1
    sandbox.store.run("update delivery set due = 0")
    assert [deliver(sandbox.store, one) for one in waiting(sandbox.store)] == [True]
    assert services.events.list({"delivery_success": False}).data == []
    body, header = receiver.received[-1]
    told = stripe.Webhook.construct_event(body, header, SECRET)
    assert (told.type, json.loads(body)["data"]["object"]["name"]) == ("customer.created", "常德商会")


def test_an_endpoint_hears_only_what_it_asked_for(services: stripe.V1Services, sandbox: Sandbox) -> None:
    made = services.webhook_endpoints.create({"url": "http://127.0.0.1:1/", "enabled_events": ["invoice.paid"]})
    assert str(made.secret).startswith("whsec_")
    services.customers.create({"name": "常德商会"})
    assert made.id not in {delivery.endpoint for delivery in waiting(sandbox.store)}
