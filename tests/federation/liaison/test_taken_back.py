"""A chamber takes the item `liaison` back: what it hosts, where it is expected, what it proposed and took on."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now
from django.utils.translation import override

from federation.liaison.models import ActionItem, Topic
from federation.registry.items import Item
from federation.registry.taking_back import Whose, foretold
from huiguan.inbox.handlers import Refused
from huiguan.tenancy.binding import in_chamber

WITHOUT = [item for item in Item.values if item != Item.LIAISON]
SOON = datetime.timedelta(days=20)


@pytest.fixture
def take_back(deliver: Any) -> Any:
    """`take_back(chamber)`: it takes the item back; with `items=` it accepts exactly these."""
    return lambda chamber, items=WITHOUT: deliver(chamber, "affiliation.items_changed", items=items, version=1)


@pytest.fixture
def planned(series: Any, changde: Any, shaoyang: Any, working: Any) -> Any:
    """A session ahead that 常德 hosts, with its date."""
    working("lian")
    return plan(series, changde)


def plan(series: Any, changde: Any) -> Any:
    session = series.convene(theme="秘书处建设")
    session.propose_host(chamber_id=changde.pk)
    session.proposals.update(state="accepted")
    session.host_id, session.host_name = changde.pk, changde.name
    session.save()
    session.schedule(starts_at=now() + SOON, place="西安市常德商会")
    session.add_agenda_item(title="会费收取", minutes=30, chamber_id=changde.pk)
    return session


def told(chamber: Any, federation: Any) -> list[str]:
    with override("en"), in_chamber(chamber):
        return foretold(Whose(chamber.pk, federation.pk), [Item.LIAISON])[Item.LIAISON]


def test_a_host_resigns_and_the_date_is_open_again(planned: Any, changde: Any, take_back: Any) -> None:
    planned.send_notice()
    take_back(changde)
    planned.refresh_from_db()
    assert (planned.status, planned.host_id, planned.starts_at, planned.place) == ("postponed", None, None, "")
    assert changde.name in planned.reason
    assert planned.proposals.get().state == "withdrawn"
    with pytest.raises(ValidationError):
        planned.schedule(starts_at=now() + SOON, place="西安")


def test_a_co_host_goes_on_alone_and_the_date_stays(planned: Any, changde: Any, shaoyang: Any, take_back: Any) -> None:
    planned.co_host_id, planned.co_host_name = shaoyang.pk, shaoyang.name
    planned.save()
    take_back(changde)
    planned.refresh_from_db()
    assert (planned.status, planned.host_id, planned.co_host_id) == ("scheduled", shaoyang.pk, None)
    assert planned.starts_at is not None
    assert planned.place


def test_a_co_host_that_resigns_leaves_the_host(planned: Any, changde: Any, shaoyang: Any, take_back: Any) -> None:
    planned.co_host_id, planned.co_host_name = shaoyang.pk, shaoyang.name
    planned.save()
    take_back(shaoyang)
    planned.refresh_from_db()
    assert (planned.status, planned.host_id, planned.co_host_id) == ("scheduled", changde.pk, None)


def test_who_hosts_a_meeting_that_has_begun_has_hosted_it(invited: Any, changde: Any, take_back: Any) -> None:
    take_back(changde)
    invited.refresh_from_db()
    assert (invited.status, invited.host_id) == ("notice_sent", changde.pk)


def test_a_question_about_hosting_is_taken_back_and_is_no_refusal(
    series: Any, changde: Any, shaoyang: Any, working: Any, take_back: Any
) -> None:
    working("lian")
    session = series.convene(theme="秘书处建设")
    session.propose_host(chamber_id=changde.pk)
    take_back(changde)
    assert session.open_proposal is None
    assert session.proposals.get().state == "withdrawn"
    assert [c.chamber for c in session.host_queue()] == [shaoyang.pk]
    take_back(changde, Item.values)
    assert {c.chamber: c.refusals for c in session.host_queue()} == {changde.pk: 0, shaoyang.pk: 0}


def test_the_seat_at_the_next_meeting_ends_and_counts_for_no_quorum(
    planned: Any, changde: Any, shaoyang: Any, member: Any, take_back: Any
) -> None:
    third = member("衡阳商会")
    planned.send_notice()
    take_back(shaoyang)
    assert set(planned.roll.values_list("chamber_id", flat=True)) == {changde.pk, third.chamber_id}
    assert planned.agenda.get().chamber_id == changde.pk
    take_back(changde)
    assert (planned.agenda.get().chamber_id, planned.agenda.get().title) == (None, "会费收取")


def test_who_is_in_the_room_stays_on_the_roll(invited: Any, changde: Any, shaoyang: Any, take_back: Any) -> None:
    invited.check_in(chamber_id=changde.pk)
    for chamber in (changde, shaoyang):
        take_back(chamber)
    assert [line.chamber_id for line in invited.roll.all()] == [changde.pk]


def test_minutes_do_not_wait_for_who_takes_no_part_any_more(
    held: Any, changde: Any, shaoyang: Any, take_back: Any
) -> None:
    held.draft_minutes()
    held.send_minutes()
    take_back(changde)
    assert [a.chamber_id for a in held.current_approvals()] == [shaoyang.pk]
    held.revise_minutes()
    held.send_minutes()
    assert [a.chamber_id for a in held.current_approvals()] == [shaoyang.pk]


def test_an_amendment_that_was_asked_for_is_still_to_be_answered(
    held: Any, changde: Any, shaoyang: Any, deliver: Any, take_back: Any
) -> None:
    held.draft_minutes()
    held.send_minutes()
    deliver(changde, "meetings.amendment_asked", session_id=held.pk, version=1, text="写错了")
    take_back(changde)
    said = {"version": 1, "digest": held.minutes.digest}
    deliver(shaoyang, "meetings.minutes_approved", session_id=held.pk, **said)
    held.refresh_from_db()
    assert not held.can_adopt()


def test_adopted_minutes_stay_word_for_word(
    held: Any, changde: Any, shaoyang: Any, deliver: Any, take_back: Any
) -> None:
    held.draft_minutes()
    held.send_minutes()
    said = {"session_id": held.pk, "version": 1, "digest": held.minutes.digest}
    for chamber in (changde, shaoyang):
        deliver(chamber, "meetings.minutes_approved", **said)
    before = (held.minutes.text, held.minutes.digest)
    take_back(changde)
    held.refresh_from_db()
    held.minutes.refresh_from_db()
    assert (held.status, held.minutes.text, held.minutes.digest) == ("adopted", *before)
    assert held.current_approvals().count() == 2


def test_open_tasks_are_dropped_and_what_is_reported_done_is_verified(
    held: Any, changde: Any, deliver: Any, take_back: Any
) -> None:
    held.status = "held"
    done, begun = (
        ActionItem.objects.create(
            session=held, federation_id=held.federation_id, title=title, chamber_id=changde.pk,
            chamber_name=changde.name, due_on=now().date(), status=status,
        )
        for title, status in (("已报", "done"), ("在办", "in_progress"))
    )  # fmt: skip
    take_back(changde)
    states = dict(ActionItem.objects.values_list("title", "status"))
    assert states == {"整理秘书处分工表": "dropped", "在办": "dropped", "已报": "done"}
    begun.refresh_from_db()
    assert changde.name in begun.answer
    done.verify()


def test_a_topic_goes_on_with_those_who_second_it_and_is_otherwise_withdrawn(
    series: Any, hunan: Any, changde: Any, shaoyang: Any, working: Any, deliver: Any, take_back: Any
) -> None:
    working("lian")
    seconded, alone, others = (
        Topic.objects.create(
            series=series, federation_id=hunan.pk, title=title, chamber_id=who.pk, chamber_name=who.name
        )
        for title, who in (("共同采购", changde), ("独自提出", changde), ("别人提出", shaoyang))
    )
    deliver(shaoyang, "meetings.topic_seconded", topic_id=seconded.pk)
    deliver(changde, "meetings.topic_seconded", topic_id=others.pk)
    assert told(changde, hunan) == [
        "1 proposed topic goes on in the name of those who second it",
        "1 proposed topic is withdrawn",
        "1 topic is no longer seconded",
    ]
    take_back(changde)
    waiting = {t.title: (t.chamber_id, t.backing) for t in Topic.objects.waiting()}
    assert waiting == {"共同采购": (shaoyang.pk, 1), "别人提出": (shaoyang.pk, 1)}
    alone.refresh_from_db()
    assert changde.name in alone.answer
    with pytest.raises(ValidationError):
        alone.reopen()
    take_back(changde, Item.values)
    assert Topic.objects.get(pk=alone.pk).status == "dismissed"
    alone.reopen()


def test_nothing_is_heard_from_it_and_accepting_again_brings_nothing_back(
    planned: Any, changde: Any, deliver: Any, take_back: Any
) -> None:
    planned.send_notice()
    take_back(changde)
    with pytest.raises(Refused):
        deliver(changde, "meetings.attendance_answered", session_id=planned.pk, coming=True, head="秦若兰", people=1)
    take_back(changde, Item.values)
    planned.refresh_from_db()
    assert planned.host_id is None


def test_what_is_foretold_of_everything_at_once(held: Any, hunan: Any, changde: Any) -> None:
    plan(held.series, changde).send_notice()
    held.draft_minutes()
    held.send_minutes()
    assert told(changde, hunan) == [
        "1 session loses its host",
        "1 meeting ahead is not attended",
        "the minutes of 1 session no longer wait for the chamber's approval",
        "1 action item is dropped",
    ]
