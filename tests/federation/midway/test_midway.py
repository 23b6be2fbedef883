"""A chamber is suspended, leaves, or is erased midway: nothing hangs, nothing of it stays, the others are told."""

import datetime
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Q
from django.urls import set_urlconf
from django.utils.timezone import localdate, now

from federation.calls.models import AnswerFile, Receipt
from federation.liaison.models import ActionItem, Approval, Attendance, HostProposal, Session, Topic
from federation.liaison.models.status import BEFORE_MEETING
from federation.matching import actions as matching
from federation.matching import queries
from federation.matching.models import Dispute, ExpressionOfInterest, ProfileReview
from federation.matching.models import Profile as Published
from federation.registry.items import Item
from federation.registry.leaving import end_what_is_gone
from federation.registry.models import Membership, Profile
from federation.registry.queries import directory, members
from huiguan.actors import Actor, acting_as
from huiguan.tenancy.binding import in_federation
from huiguan.tenancy.models import Chamber
from tests.federation.midway import processes
from tests.federation.midway.processes import PROCESSES, House, Prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(hunan: Any, changde: Any, shaoyang: Any, actor: Any, settings: Any) -> Iterator[House]:
    coordinator = actor("lian")
    everything = Actor("连若谷", permissions=frozenset({"*"}), federation_id=hunan.pk)
    with acting_as(everything), in_federation():
        third = Membership.objects.create(federation=hunan, chamber_id=uuid.uuid4(), chamber_name="衡阳商会")
        third.accept(items=Item.values, version=1, on=localdate())
        set_urlconf(settings.URLCONFS["federation"])
        yield House(hunan, changde, shaoyang, third, coordinator)
    set_urlconf(None)


def suspend(house: House) -> None:
    _set(house, status=Chamber.Status.SUSPENDED, suspended_at=now())


def leave(house: House) -> None:
    house.tell(house.goes, "affiliation.left", reason="")


def erase(house: House) -> None:
    """What erasing leaves of it; the register finds it within a minute."""
    _set(house, status=Chamber.Status.ERASED, name="")
    assert end_what_is_gone() == 1 and end_what_is_gone() == 0


def _set(house: House, **fields: Any) -> None:
    from huiguan.tenancy.binding import in_site

    with in_site():
        Chamber.objects.filter(pk=house.goes.pk).update(**fields)


def still_open(house: House) -> dict[str, int]:
    """Whatever still waits for the chamber, or shows something of it, by name."""
    me, here = house.goes.pk, house.federation.pk
    ahead = {"session__status__in": BEFORE_MEETING}
    lasting = ExpressionOfInterest.objects.of_chamber(me).filter(ended_at=None)
    undone = ActionItem.objects.filter(chamber_id=me, status__in=("open", "in_progress"))
    found = {
        "membership": Membership.objects.active().filter(chamber_id=me),
        "question to a host": HostProposal.objects.filter(chamber_id=me, state="asked"),
        "host": Session.objects.filter(Q(host_id=me) | Q(co_host_id=me), status__in=BEFORE_MEETING),
        "seat": Attendance.objects.filter(chamber_id=me, **ahead),
        "approval": Approval.objects.waiting().filter(chamber_id=me),
        "topic": Topic.objects.waiting().filter(chamber_id=me),
        "task": undone,
        "call": Receipt.objects.filter(chamber_id=me).exclude(status__in=("accepted", "ended")),
        "signed words": Receipt.objects.filter(chamber_id=me, submissions__withdrawn_at=None, submissions__version=1),
        "file": AnswerFile.objects.filter(receipt__chamber_id=me),
        "introduction": lasting.exclude(status__in=("declined", "lapsed", "withdrawn")),
        "contact": ExpressionOfInterest.objects.of_chamber(me).filter(disclosures__isnull=False),
        "dispute": Dispute.objects.lasting().between(me) | Dispute.objects.lasting().filter(mediator_id=me),
        "reading": ProfileReview.objects.waiting().filter(reviewer_id=me),
        "need or offer": Published.objects.of(here).filter(chamber_id=me).standing(),
        "directory": Profile.objects.filter(membership__chamber_id=me),
    }
    return {name: rows.count() for name, rows in found.items() if rows.exists()}


def told(house: House) -> list[str]:
    """What the coordinator reads among the tasks, and what the other side reads of its introductions."""
    from federation.calls import waiting as of_calls
    from federation.liaison import waiting as of_meetings
    from federation.matching import waiting as of_matching
    from federation.registry import waiting as of_register

    sources = (of_calls.items, of_meetings.items, of_matching.items, of_register.waiting)
    tasks = [f"{item.title} {item.why}" for source in sources for item in source(house.coordinator)]
    introductions = queries.introductions(chamber_id=house.stays.pk)
    return tasks + [i.interest.notice or ("对方暂停" if i.other_is_closed else "") for i in introductions]


BETWEEN_TWO = [name for name in PROCESSES if "introduction" in name or name in (
    "asked for more", "accepted and gave its contact", "in contact", "agreed",
    "delivered and confirmed by one side", "in dispute",
)]  # fmt: skip


@pytest.mark.parametrize("end", [leave, erase], ids=["leaves", "is erased"])
@pytest.mark.parametrize("name", PROCESSES)
def test_who_is_gone_is_waited_for_and_shown_nowhere(house: House, name: str, end: Prepare) -> None:
    PROCESSES[name](house)
    assert set(still_open(house)) > {"membership"}, "it is in the middle of something"
    end(house)
    assert still_open(house) == {}
    assert house.goes.pk not in {m.chamber_id for m in members(house.federation.pk)}


@pytest.mark.parametrize("end", [suspend, leave, erase], ids=["is suspended", "leaves", "is erased"])
@pytest.mark.parametrize("name", BETWEEN_TWO)
def test_the_other_side_of_an_introduction_is_told(house: House, name: str, end: Prepare) -> None:
    PROCESSES[name](house)
    end(house)
    assert any("不再参加" in each or "对方暂停" in each for each in told(house))


@pytest.mark.parametrize("end", [suspend, leave, erase], ids=["is suspended", "leaves", "is erased"])
@pytest.mark.parametrize(
    "name", ["hosts a session with a date", "hosts a session that is announced", "mediates between others"]
)
def test_the_coordinator_is_asked_for_another_and_can_name_one(house: House, name: str, end: Prepare) -> None:
    PROCESSES[name](house)
    end(house)
    assert told(house)
    if name == "mediates between others":
        assert any("调解" in each for each in told(house))
        return
    session = Session.objects.get()
    if end is suspend:
        session.replace_host()
    assert (session.host_id, session.status, session.starts_at) == (None, "postponed", None)
    session.propose_host(chamber_id=house.stays.pk)


def test_a_host_who_is_there_is_not_replaced(house: House) -> None:
    from django.core.exceptions import ValidationError

    processes.hosts_a_session_with_a_date(house)
    with pytest.raises(ValidationError):
        Session.objects.get().replace_host()


def test_who_is_suspended_is_not_shown_asked_or_counted_until_it_is_open_again(house: House) -> None:
    processes.published_and_stands_in_the_directory(house)
    need, session = house.publish(house.stays, "need", title="寻会议场地"), house.convene()

    def seen() -> list[Any]:
        from federation.matching.searching import Wanted, search

        call = processes.call(house)
        return [
            [entry.membership.chamber_id for entry in directory(house.federation.pk)],
            [found.title for found in search(chamber_id=house.stays.pk, wanted=Wanted())],
            [m.profile.title for m in queries.top_matches(chamber_id=house.stays.pk, listing_id=need).matches],
            house.goes.pk in dict(queries.partners(chamber_id=house.stays.pk, federation_id=house.federation.pk)),
            house.goes.pk in {candidate.chamber for candidate in session.host_queue()},
            call.receipts.filter(chamber_id=house.goes.pk).exists(),
        ]

    before = seen()
    assert before == [[house.goes.pk], ["会议场地"], ["会议场地"], True, True, True]
    suspend(house)
    assert seen() == [[], [], [], False, False, False]
    assert any("已被停用" in each for each in told(house))
    _set(house, status=Chamber.Status.ACTIVE, suspended_at=None)
    assert seen() == before


def test_what_a_suspended_chamber_does_not_answer_ends_by_itself(house: House) -> None:
    processes.is_asked_for_an_introduction(house)
    processes.reads_what_another_publishes(house)
    suspend(house)
    ExpressionOfInterest.objects.update(answer_by=localdate() - datetime.timedelta(days=1))
    matching.lapse_interests()
    assert ExpressionOfInterest.objects.get().status == "lapsed"
    call = processes.call(house)
    assert not call.receipts.filter(chamber_id=house.goes.pk).exists()
