"""Members to visit, and visits to them."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils.timezone import localdate


@pytest.fixture
def member(db: None) -> Callable[..., Any]:
    """`member("湘味餐饮", region="雁塔区")`: a member with a person who can be called."""
    from tenants.members.models import Contact, Member

    def make(name: str = "西安湘味餐饮有限公司", **fields: Any) -> Any:
        made = Member.objects.create(name=name, joined_on=localdate() - datetime.timedelta(days=2000), **fields)
        Contact.objects.create(member=made, name="史建安", phone="13900000001")
        return made

    return make


@pytest.fixture
def visit(member: Callable[..., Any]) -> Callable[..., Any]:
    """`visit(days=-3)`: one planned for three days ago; `made=True` was recorded."""
    from tenants.visits.models import Visit

    def make(whose: Any = None, days: int = 0, made: bool = False, mood: str = "", **fields: Any) -> Any:
        day = localdate() + datetime.timedelta(days=days)
        planned = Visit.objects.create(member=whose or member(), on=day, **fields)
        if made:
            planned.record(on=day, found="生意平稳", mood=mood)
        return planned

    return make
