"""The meeting while it is on: one item, one speaker, a clock; and what a session leaves behind."""

import datetime
import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, now

from federation.liaison import floor
from huiguan.states import WrongState
from huiguan.tenancy.binding import in_site


@pytest.fixture
def opened(signed_in: Any) -> Any:
    """`opened("lian").get(path)`: a browser beside a test that works in the federation itself."""

    def by(key: str) -> Any:
        def ask(method: str) -> Any:
            def asked(*args: Any) -> Any:
                with in_site():
                    return getattr(signed_in(key), method)(*args)

            return asked

        return SimpleNamespace(get=ask("get"), post=ask("post"))

    return by


@pytest.fixture
def present(invited: Any, changde: Any, shaoyang: Any) -> Any:
    for chamber in (changde, shaoyang):
        invited.check_in(chamber_id=chamber.pk)
    return invited


def test_nothing_is_taken_up_before_a_chamber_is_there(invited: Any) -> None:
    with pytest.raises(WrongState):
        invited.take_up(item_id=invited.agenda.get().pk)


def test_one_item_is_under_way_and_one_chamber_speaks(present: Any, changde: Any, shaoyang: Any) -> None:
    first = present.agenda.get()
    present.add_second = present.agenda.create(position=2, title="资源共享", minutes=20)
    present.take_up(item_id=first.pk)
    present.give_floor(chamber_id=shaoyang.pk)
    present.give_floor(chamber_id=changde.pk)
    here = floor.of(present)
    assert (here.item, here.speech and here.speech.chamber_id) == (first, changde.pk)
    assert here.speech and here.speech.minutes == 15, "30 minutes, two chambers"
    assert [s.has_spoken for s in here.speakers] == [True, True]
    present.take_up(item_id=present.add_second.pk)
    here = floor.of(present)
    assert (here.item and here.item.title, here.speech) == ("资源共享", None)
    assert not present.speeches.filter(ended_at=None).exists()
    first.refresh_from_db()
    assert first.took == 1, "less than a minute counts as one"


def test_only_who_is_there_gets_the_floor_and_only_to_an_item(present: Any, changde: Any, member: Any) -> None:
    with pytest.raises(WrongState):
        present.give_floor(chamber_id=changde.pk)
    present.take_up(item_id=present.agenda.get().pk)
    with pytest.raises(ValidationError):
        present.give_floor(chamber_id=member("湘潭商会").chamber_id)
    with pytest.raises(ValidationError):
        present.take_up(item_id=uuid.uuid4())


def test_the_end_of_the_meeting_ends_what_is_under_way(present: Any, changde: Any) -> None:
    present.take_up(item_id=present.agenda.get().pk)
    present.give_floor(chamber_id=changde.pk)
    present.hold()
    assert present.item_under_way() is None
    assert not present.speeches.filter(ended_at=None).exists()
    with pytest.raises(WrongState):
        present.give_floor(chamber_id=changde.pk)


def test_who_brought_it_up_speaks_first_then_who_seconded_it_and_the_host_last() -> None:
    host, other, seconder, proposer = (SimpleNamespace(chamber_id=uuid.uuid4()) for _number in range(4))
    topic = SimpleNamespace(seconds=SimpleNamespace(all=lambda: [seconder]))
    item: Any = SimpleNamespace(chamber_id=proposer.chamber_id, topic=topic)
    roll = [host, other, seconder, proposer]
    assert floor.in_order(item, roll, host.chamber_id) == [proposer, seconder, other, host]
    hosts_own: Any = SimpleNamespace(chamber_id=host.chamber_id, topic=None)
    assert floor.in_order(hosts_own, roll, host.chamber_id)[0] == host


def test_in_the_room_one_button_leads_to_the_next(present: Any, shaoyang: Any, opened: Any) -> None:
    browser, room = opened("lian"), f"/liaison/session/{present.pk}/room/"
    item = present.agenda.get()
    assert f"开始“{item.title}”" in browser.get(room).content.decode()
    done = browser.post(f"/liaison/session/{present.pk}/moves/take_up/?back=room", {"item_id": item.pk})
    assert done["Location"] == room
    browser.post(f"/liaison/session/{present.pk}/moves/give_floor/?back=room", {"chamber_id": shaoyang.pk})
    page = browser.get(room).content.decode()
    assert "正在发言" in page
    assert f'<option value="{shaoyang.pk}" selected>' in page, "the record begins with who speaks"


def test_a_reader_cannot_lead_the_meeting(present: Any, opened: Any) -> None:
    assert opened("qiao").get(f"/liaison/session/{present.pk}/room/").status_code == 403


@pytest.fixture
def adopted(held: Any, changde: Any, shaoyang: Any, deliver: Any) -> Any:
    held.draft_minutes()
    held.send_minutes()
    read = {"session_id": held.pk, "version": held.minutes.version, "digest": held.minutes.digest}
    for chamber in (changde, shaoyang):
        deliver(chamber, "meetings.minutes_approved", **read)
    held.refresh_from_db()
    return held


def test_the_host_hands_over_once_and_each_thing_is_its_task(adopted: Any, changde: Any) -> None:
    due = localdate() + datetime.timedelta(days=14)
    adopted.hand_over(things=["参会名单", "费用明细"], due_on=due)
    given = adopted.action_items.filter(is_hand_over=True)
    assert [(a.chamber_id, a.title, a.due_on) for a in given.order_by("created_at")] == [
        (changde.pk, "移交给下一承办商会：参会名单", due),
        (changde.pk, "移交给下一承办商会：费用明细", due),
    ]
    with pytest.raises(WrongState):
        adopted.hand_over(things=["又一次"], due_on=due)


def test_the_press_hears_of_practices_and_decisions_not_of_problems(
    held: Any, adopted: Any, shaoyang: Any, opened: Any
) -> None:
    held.statements.create(chamber_id=shaoyang.pk, chamber_name="邵阳商会", text="会费收不上来", is_problem=True)
    page = opened("lian").get(f"/liaison/session/{adopted.pk}/press/").content.decode()
    assert "一年几个节点，早筹划、早安排。" in page
    assert "每季度召开一次联席会议。" in page
    assert "会费收不上来" not in page


def test_there_is_no_press_release_before_the_minutes_are_adopted(held: Any, opened: Any) -> None:
    assert opened("lian").get(f"/liaison/session/{held.pk}/press/").status_code == 404


def test_the_review_counts_the_year(adopted: Any, changde: Any, opened: Any) -> None:
    from federation.liaison import review

    adopted.action_items.update(done_on=localdate(), status="done")
    year = review.of(adopted.series, now().year)
    assert (len(year.sessions), year.attendance, year.done, year.in_time) == (1, 100, 100, 100)
    mine = next(c for c in year.chambers if c.name == changde.name)
    assert (mine.hosted, mine.present, mine.asked, mine.taken_on, mine.done) == (1, 1, 1, 1, 1)
    page = opened("lian").get(f"/liaison/series/{adopted.series_id}/review/").content.decode()
    assert f"{now().year}年回顾" in page


def test_a_series_without_a_session_has_no_review_yet(series: Any, opened: Any) -> None:
    assert "还没有召开过会议" in opened("lian").get(f"/liaison/series/{series.pk}/review/").content.decode()


def test_papers_are_read_by_chambers_that_come_and_by_no_other(
    invited: Any, changde: Any, shaoyang: Any, deliver: Any
) -> None:
    from federation.liaison.queries import meeting

    with pytest.raises(ValidationError):
        invited.add_paper(title="空白")
    invited.add_paper(title="会费收取情况交流", text="各商会收缴率与做法。")
    seen = meeting(chamber_id=changde.pk, session_id=invited.pk)
    assert (seen.papers, seen.unread) == ([], 1)
    deliver(changde, "meetings.attendance_answered", session_id=invited.pk, coming=True, head="秦若兰", people=2)
    assert [p.text for p in meeting(chamber_id=changde.pk, session_id=invited.pk).papers] == ["各商会收缴率与做法。"]
    deliver(shaoyang, "meetings.attendance_answered", session_id=invited.pk, coming=False)
    assert meeting(chamber_id=shaoyang.pk, session_id=invited.pk).papers == []
    invited.drop_paper(paper_id=invited.papers.get().pk)
    assert meeting(chamber_id=changde.pk, session_id=invited.pk).papers == []
