"""The owner of a connected account at the hosted page, and members who pay into it."""

from typing import Any

import httpx

from tests.support.web import WEB

FACTS = {
    "name": "西安市常德商会", "registration": "51610100MJ20000001", "representative": "陶远山",
    "phone": "13900000001", "bank_account": "6222000000000001", "terms": "yes",
}  # fmt: skip


def connect(chamber: Any, **left_out: Any) -> Any:
    """An account that takes payments; `bank_account=""` leaves that to be given later."""
    from billing import receiving
    from billing.models import ReceivingAccount
    from huiguan.actors import SYSTEM, acting_as
    from huiguan.tenancy.binding import in_site

    with in_site(), acting_as(SYSTEM):
        account = receiving.connect(chamber_id=chamber.pk, name=chamber.name, country="HK", email="qin@example.com")
        page = receiving.onboarding(
            account, return_url="http://changde.test/", refresh_url="http://changde.test/again/"
        )
        WEB.post(page, data={**FACTS, **left_out})
        receiving.mirror_account(account.stripe_id)
        return ReceivingAccount.objects.get(pk=account.pk)


def pay(url: str, method: str = "alipay", outcome: str = "now", number: str = "4242 4242 4242 4242") -> httpx.Response:
    """What a person does at the hosted page."""
    if method == "card":
        return WEB.post(url, data={"method": "card", "number": number})
    return WEB.post(f"{url}/{method}", data={"outcome": outcome})
