"""A quarter from its figures to a frozen release, with the roles of the database."""

import uuid
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from federation.benchmarking import releasing
from federation.benchmarking.models import Place, Release, ReleaseCell, Submission
from federation.benchmarking.queries import seen_by
from federation.registry.items import Item
from federation.registry.models import Membership
from huiguan.actors import Actor, NotAllowed, acting_as
from huiguan.inbox.handlers import Delivered, Refused, hand_over
from huiguan.tenancy.binding import in_federation
from huiguan.tenancy.hosts import resolve

YEAR, QUARTER = 2026, 3


@pytest.fixture
def federation_id(own_database: str) -> Any:
    return resolve("hunan.localhost").federation_id


@pytest.fixture
def coordinator(federation_id: Any) -> Any:
    rights = frozenset({"benchmarking.freeze", "benchmarking.change", "benchmarking.view"})
    with acting_as(Actor("连若谷", permissions=rights, federation_id=federation_id)) as actor:
        yield actor


def join(federation_id: Any, number: int) -> uuid.UUID:
    chamber_id = uuid.UUID(int=1000 + number)
    with in_federation():
        member = Membership(federation_id=federation_id, chamber_id=chamber_id, chamber_name=f"第{number}商会")
        member.region, member.items, member.joined_on = "610100", Item.values, "2024-01-01"
        member.save()
    return chamber_id


def send(federation_id: Any, chamber_id: uuid.UUID, value: float, **given: Any) -> bool:
    figures = [{"code": "K02", "version": 1, "value": value}]
    content = {"year": YEAR, "quarter": QUARTER, "figures": figures, "members": 60, "organisation": str(chamber_id)}
    from django.utils.timezone import now

    told = {"chamber_id": chamber_id, "chamber_name": "x", "federation_id": federation_id, "sent_at": now()}
    name = given.pop("name", "benchmarks.figures_sent")
    return hand_over(Delivered(id=given.pop("key", uuid.uuid4()), name=name, content={**content, **given}, **told))


def opened(federation_id: Any) -> Release:
    with in_federation():
        made = Release(federation_id=federation_id, year=YEAR, quarter=QUARTER)
        made.save()
    return made


def frozen(release: Release) -> Release:
    with in_federation():
        release.freeze()
    return releasing.freeze(str(release.pk))


def test_nobody_but_the_owner_can_read_a_submission(federation_id: Any) -> None:
    send(federation_id, join(federation_id, 1), 91.5)
    for place in (in_federation(), transaction.atomic()):
        with pytest.raises(ProgrammingError, match="permission denied"), place:
            Submission.objects.count()
    assert Submission.objects.using("owner").count() == 1
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolname from pg_roles where rolname not like 'pg\\_%%' and not rolsuper"
            " and has_table_privilege(rolname, 'benchmarking_submission', 'select')"
        )
        assert {name for (name,) in cursor.fetchall()} == {"huiguan_owner"}


def test_only_a_coordinator_releases(federation_id: Any) -> None:
    release = opened(federation_id)
    with (
        acting_as(Actor("乔望舒", permissions=frozenset({"benchmarking.view"}))),
        in_federation(),
        pytest.raises(NotAllowed),
    ):
        release.freeze()


def test_a_chamber_that_did_not_agree_is_refused(federation_id: Any) -> None:
    chamber_id = join(federation_id, 1)
    with in_federation():
        Membership.objects.filter(chamber_id=chamber_id).update(items=[Item.DIRECTORY])
    with pytest.raises(Refused):
        send(federation_id, chamber_id, 90)


def test_a_release_publishes_the_median_and_keeps_who_had_a_share(federation_id: Any, coordinator: Any) -> None:
    chambers = [join(federation_id, n) for n in range(7)]
    release = opened(federation_id)
    for number, chamber_id in enumerate(chambers):
        send(federation_id, chamber_id, 80 + number)
    frozen(release)
    with in_federation():
        whole = ReleaseCell.objects.get(release=release, facet="all")
        assert (whole.median, whole.lower, whole.band) == (83.0, None, "0-9")
        assert Place.objects.filter(release=release).count() == 7
        assert len(Release.objects.get(pk=release.pk).roster_hash) == 64


def test_what_happens_after_the_freeze_changes_nothing(federation_id: Any, coordinator: Any) -> None:
    chambers = [join(federation_id, n) for n in range(7)]
    release = opened(federation_id)
    for chamber_id in chambers:
        send(federation_id, chamber_id, 80)
    frozen(release)
    before = _published(release)
    with pytest.raises(Refused):
        send(federation_id, chambers[0], 12)
    with in_federation():
        Membership.objects.filter(chamber_id=chambers[1]).update(items=[])
    releasing.freeze(str(release.pk))
    assert _published(release) == before


def test_the_newest_figure_counts_and_a_withdrawn_one_does_not(federation_id: Any, coordinator: Any) -> None:
    chambers = [join(federation_id, n) for n in range(7)]
    release = opened(federation_id)
    for chamber_id in chambers:
        send(federation_id, chamber_id, 10)
        send(federation_id, chamber_id, 80)
    send(federation_id, chambers[0], 0, name="benchmarks.figure_withdrawn", code="K02", version=1)
    frozen(release)
    with in_federation():
        assert ReleaseCell.objects.get(release=release, facet="all").median == 80
        assert not Place.objects.filter(release=release, chamber_id=chambers[0]).exists()


def test_a_second_delivery_of_the_same_message_has_no_effect(federation_id: Any) -> None:
    chamber_id, key = join(federation_id, 1), uuid.uuid4()
    assert send(federation_id, chamber_id, 50, key=key) is True
    assert send(federation_id, chamber_id, 50, key=key) is False
    assert Submission.objects.using("owner").count() == 1


def test_a_chamber_sees_only_what_it_contributed_to(federation_id: Any, coordinator: Any) -> None:
    chambers = [join(federation_id, n) for n in range(8)]
    release = opened(federation_id)
    for chamber_id in chambers[:7]:
        send(federation_id, chamber_id, 80)
    frozen(release)
    assert list(seen_by(chamber_id=chambers[0], federation_id=federation_id)) == ["K02"]
    assert seen_by(chamber_id=chambers[7], federation_id=federation_id) == {}


def _published(release: Release) -> list[Any]:
    with in_federation():
        return list(ReleaseCell.objects.filter(release=release).order_by("id").values())
