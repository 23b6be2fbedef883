"""Applications, and the form as an applicant's browser sends it."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.conftest import chamber

CODE = "91610100MA6U0TFB75"


@pytest.fixture
def application(db: None) -> Callable[..., Any]:
    """`application("西安新会员有限公司")`: one that has come in."""
    from tenants.applications.actions import receive
    from tenants.applications.models import Application

    def make(name: str = "西安桃源春餐饮管理有限公司", agreed: Any = (), **fields: Any) -> Any:
        said = {"contact_name": "丁若溪", "contact_phone": "13900000007", "contact_email": "ding@example.com"}
        made = Application(name=name, **{**said, **fields})
        return receive(made, agreed=agreed, consent="同意", key=None)

    return make


@pytest.fixture
def visitor(db: None) -> Client:
    """A browser without an account on the chamber's host."""
    return Client(HTTP_HOST="changde.localhost")


@pytest.fixture
def filled(visitor: Client) -> Callable[..., dict[str, Any]]:
    """What the form sends when somebody took their time; `website=` is what a robot fills in."""
    from huiguan import links
    from tenants.applications.forms.applying import OPENED

    def fill(**said: Any) -> dict[str, Any]:
        page = visitor.get("/applications/apply/").content.decode()
        key = re.search(r'name="form_key" value="([^"]+)"', page)
        assert key
        known = {
            "kind": "enterprise",
            "name": "西安 桃源春餐饮管理有限公司",
            "credit_code": CODE.lower(),
            "contact_name": "丁若溪",
            "contact_phone": "139 0000 0007",
            "contact_email": "ding@example.com",
            "consented": "on",
            "agreed": ["matching"],
            "form_key": key[1],
            "opened": links.sign(OPENED, str(chamber("changde").pk), at=time.time() - 60),
        }
        return {**known, **said}

    return fill
