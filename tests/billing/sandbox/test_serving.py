"""`huiguan stripe-sandbox` as a program of its own: its pages work although it loads no app of the site."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import stripe

from tests.support.web import WEB

PROGRAM = """
import signal, sys
from billing.sandbox.serving import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background ignores it
try:
    main(["--port", "0", "--state", sys.argv[1]])
finally:
    print(*[name for name in ("billing.models", "huiguan.tenancy.models", "celery") if name in sys.modules])
"""


@pytest.fixture
def program(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-u", "-c", PROGRAM, str(tmp_path / "state.sqlite3")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        yield running
        running.kill()


def test_a_card_can_be_entered_on_its_page(program: "subprocess.Popen[str]") -> None:
    assert program.stdout
    address, offered = program.stdout.readline().split()[-1].removesuffix("/_sandbox/"), program.stdout.readline()
    assert f"STRIPE_API_BASE={address} STRIPE_WEBHOOK_SECRET=whsec_" in offered
    services = stripe.StripeClient("sk_test_x", base_addresses={"api": address}).v1  # type: ignore[typeddict-item]
    product = services.products.create({"name": "标准版"})
    price = services.prices.create(
        {"product": product.id, "currency": "cny", "unit_amount": 19900, "recurring": {"interval": "month"}}
    )
    session = services.checkout.sessions.create(
        {
            "mode": "subscription",
            "customer": services.customers.create({"name": "常德商会"}).id,
            "line_items": [{"price": price.id, "quantity": 1}],
            "success_url": "http://localhost/paid/",
            "locale": "zh",
        }
    )
    page = WEB.get(str(session.url)).text
    assert "标准版" in page
    assert "¥199" in page
    assert "仅供试用" in page or "测试" in page
    program.send_signal(2)
    assert program.communicate(timeout=30)[0].strip() == ""
