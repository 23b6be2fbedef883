"""Cards: one by one, again for a lost one, for everybody at once, on paper."""

import datetime
import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

pytestmark = pytest.mark.django_db


def run(**fields: Any) -> Any:
    from tenants.benefits.models import CardRun

    made = CardRun(**fields)
    made.save()
    made.carry_out()
    made.save()
    return made


def test_a_member_has_one_live_card_and_each_of_its_people_one(working: Any, member: Any, card: Any) -> None:
    working("qin")
    one = member()
    card(one)
    card(one, "程晚晴")
    with pytest.raises(IntegrityError), transaction.atomic():
        card(one)


def test_no_card_for_who_left(working: Any, member: Any, card: Any) -> None:
    working("qin")
    gone = member()
    gone.leave(reason="迁出")
    with pytest.raises(ValidationError):
        card(gone)


def test_a_replaced_card_says_so_and_the_new_one_has_the_next_number(working: Any, card: Any) -> None:
    working("qin")
    lost = card()
    lost.replace()
    lost.refresh_from_db()
    assert lost.why_not()
    assert lost.replaced_by.number == lost.number + 1
    assert not lost.replaced_by.why_not()


def test_all_members_in_good_standing_get_a_card_and_keep_the_one_they_have(
    working: Any, member: Any, card: Any
) -> None:
    from tenants.benefits.models import Card

    working("qin")
    kept, until = card(), localdate() + datetime.timedelta(days=500)
    fresh, gone = member(), member()
    gone.leave(reason="迁出")
    done = run(valid_until=until)
    assert (done.issued, done.renewed) == (1, 1)
    assert list(Card.objects.order_by("number").values_list("member", "valid_until")) == [
        (kept.member_id, until),
        (fresh.pk, until),
    ]
    assert run(valid_until=until).issued == 0


def test_an_issue_writes_to_members_who_can_be_reached(working: Any, member: Any) -> None:
    from huiguan.deliveries.models import Delivery
    from tenants.members.models import Contact

    working("qin")
    Contact(member=member(), name="程晚晴", email="cheng@example.com").save()
    member()
    assert run(tells=True).told_number == 1
    [sent] = Delivery.objects.all()
    assert "/benefits/o/" in sent.body


def test_sheets_hold_ten_cards_each_and_name_their_holders(working: Any, member: Any) -> None:
    from pypdf import PdfReader

    from huiguan.files.keeping import content_of
    from huiguan.files.models import KeptFile

    working("qin")
    for number in range(11):
        member(f"西安纸面{number}商贸有限公司")
    run()
    printed = run(kind="print")
    [file] = KeptFile.objects.about(printed)
    pages = PdfReader(io.BytesIO(content_of(file))).pages
    assert (printed.issued, len(pages)) == (11, 2)
    said = "".join(page.extract_text() for page in pages).replace(" ", "")
    assert "西安纸面0商贸有限公司" in said
    assert f"{localdate().year}-000011" in said


def test_nothing_is_printed_where_there_is_no_card(working: Any) -> None:
    working("qin")
    with pytest.raises(ValidationError):
        run(kind="print")


def test_the_worker_does_it_as_the_person_who_asked_and_says_what_hinders_it(working: Any, member: Any) -> None:
    from huiguan.actors import current_actor
    from huiguan.errands import work_on
    from tenants.benefits.models import Card, CardRun

    working("ruan")  # a supervisor may read only
    member_of = CardRun(asked_by_id=current_actor().person_id)
    member_of.save()
    work_on(CardRun, str(member_of.pk), "zh-hans")
    member_of.refresh_from_db()
    assert member_of.failure and member_of.done_at is None
    assert not Card.objects.exists()


def test_cards_are_issued_and_printed_in_the_browser(signed_in: Any, as_person: Any, member: Any, card: Any) -> None:
    browser = signed_in("qin")
    with as_person("qin"):
        one, other = member(), card()
    for path in ("/benefits/cards/issue/", "/benefits/cards/print/"):
        answer = browser.post(path, {"segment": "", "valid_until": localdate().isoformat()})
        assert "progress" in browser.get(answer["Location"]).content.decode()
    browser.post("/benefits/card/new/", {"member": one.pk, "holder": "", "valid_until": localdate().isoformat()})
    again = browser.post(
        "/benefits/card/new/", {"member": one.pk, "holder": "", "valid_until": localdate().isoformat()}
    )
    assert "已有会员卡" in again.content.decode()
    assert browser.get(f"/benefits/card/{other.pk}/card.pdf")["Content-Type"] == "application/pdf"
    assert browser.get("/benefits/").status_code == 200


def test_a_use_on_paper_is_entered_with_its_day_and_within_the_limits(
    signed_in: Any, as_person: Any, card: Any, offer: Any
) -> None:
    import uuid

    from tenants.benefits.models import Use

    with as_person("qin"):
        from tenants.benefits.models import Card

        day = localdate() - datetime.timedelta(days=3)
        made, given = card(), offer(percent=10, limit_per_card=1, starts_on=day)
        Card.objects.update(issued_on=day)
    said = {"card": made.pk, "offer": given.pk, "on": day.isoformat(), "bill_fen": "200"}
    browser = signed_in("tan")
    for key in (uuid.uuid4(), uuid.uuid4()):
        answer = browser.post("/benefits/use/by-hand/", {**said, "key": key})
    assert "已达到次数限制" in answer.content.decode()
    with as_person("qin"):
        [use] = Use.objects.all()
        assert (use.at.date(), use.saved_fen, use.counted_by) == (day, 2_000, "谭一鸣")


def test_when_members_are_merged_one_card_stays_behind(working: Any, card: Any) -> None:
    from tenants.members.merging import joining
    from tenants.members.models import Member

    working("qin")
    kept, gone = card(), card()
    one, other = Member.objects.get(pk=kept.member_id), Member.objects.get(pk=gone.member_id)
    joining.merge(kept=one, gone=other, chosen={}, seen=joining.state_of(one, other))
    gone.refresh_from_db()
    assert not kept.why_not()
    assert gone.why_not()
