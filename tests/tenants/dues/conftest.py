"""A chamber with members of each level, and rules that are in force."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from tests.billing.conftest import carry, pass_days, sandbox, services, signed  # noqa: F401  # fixtures

BACK = "http://changde.localhost/dues/"
LEVELS = [
    ("会长单位", 30_000, ["会长"]),
    ("副会长单位", 10_000, ["常务副会长", "副会长"]),
    ("理事单位", 5_000, ["理事"]),
    ("会员", 2_000, []),
]


@pytest.fixture
def member(db: None) -> Callable[..., Any]:
    """`member("副会长", joined="2020-01-01")`: a new member of the chamber in which the test works."""
    from tenants.members.models import Member, Position

    def make(title: str = "", joined: str = "2020-01-01", **fields: Any) -> Any:
        number = Member.objects.count() + 1
        made = Member(name=fields.pop("name", f"西安样本{number}商贸有限公司"), joined_on=joined, **fields)
        made.save()
        made.refresh_from_db()
        if title:
            Position(member=made, title=title).save()
        return made

    return make


@pytest.fixture
def rules(db: None) -> Callable[..., Any]:
    """`rules(newcomers="full")`: rules that were adopted and are in force since 2024."""

    def make(**fields: Any) -> Any:
        from tenants.dues.models import Level, Ruleset

        made = Ruleset(title="会费标准", effective_from=datetime.date(2024, 1, 1), **fields)
        made.save()
        for order, (name, yuan, titles) in enumerate(LEVELS):
            Level(ruleset=made, order=order, name=name, titles=titles, amount_fen=100 * yuan).save()
        made.adopt(body="general_assembly", resolution="第二届三次会员大会", resolved_on=datetime.date(2023, 12, 1))
        return made

    return make


@pytest.fixture
def charge(member: Callable[..., Any]) -> Callable[..., Any]:
    """`charge(2000)`: a member who owes so many yuan for this year."""

    def make(yuan: int = 2_000, year: int = 2026, whose: Any = None, due: str = "2026-03-31") -> Any:
        from tenants.dues import ledger
        from tenants.dues.models import Charge

        made = Charge(
            member=whose or member(), year=year, amount_fen=100 * yuan, due_on=datetime.date.fromisoformat(due)
        )
        ledger.assess([made])
        made.refresh_from_db()
        return made

    return make


@pytest.fixture
def receiving(changde: Any, sandbox: Any) -> Any:  # noqa: F811
    from tests.billing.connecting import connect

    return connect(changde)


@pytest.fixture
def begin(receiving: Any, as_person: Any) -> Any:
    """The address of the hosted page for some charges."""

    def at(*charges: Any) -> str:
        from tenants.dues import online

        with as_person("gu"):
            return online.begin(
                member=charges[0].member, charge_ids=[c.pk for c in charges], back=BACK, language="zh-hans"
            )

    return at


@pytest.fixture
def owed(as_person: Any, charge: Any) -> Any:
    def make(*args: Any, **kwargs: Any) -> Any:
        with as_person("gu"):
            made = charge(*args, **kwargs)
            made.member  # noqa: B018  # loaded where it belongs
            return made

    return make


@pytest.fixture
def books(as_person: Any) -> Any:
    """(open fen of the charge, credit, payments booked, entries of kind paid) of a charge's member."""

    def of(charge: Any) -> tuple[int, int, int, int]:
        from tenants.dues.models import Charge, Entry, Payment

        with as_person("gu"):
            fresh = Charge.objects.get(pk=charge.pk)
            paid = Entry.objects.filter(member=charge.member_id, kind="paid").count()
            credit = Entry.objects.credit(charge.member_id)
            return fresh.open_fen, credit, Payment.objects.filter(key__startswith="online:").count(), paid

    return of
