"""Members are reminded by rule, once, by the channels that reach them; what they answer has consequences."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

pytestmark = pytest.mark.django_db


def due_in(days: int) -> str:
    return (localdate() + datetime.timedelta(days=days)).isoformat()


@pytest.fixture
def rule(db: None) -> Any:
    def make(days: int = 7, **fields: Any) -> Any:
        from tenants.dues.models import ReminderRule

        words = {"subject": "{title}提醒", "body": "{member} 还有 {amount}，缴费码 {code}"}
        made = ReminderRule(name=f"{days}", days=days, channels=["email", "sms"], **{**words, **fields})
        made.full_clean()
        made.save()
        return made

    return make


@pytest.fixture
def reached(charge: Any) -> Any:
    """A charge whose member has a contact with both addresses."""

    def make(due: str) -> Any:
        from tenants.members.models import Contact

        owed = charge(due=due)
        Contact.objects.create(member=owed.member, name="史建安", phone="13900000001", email="shi@example.com")
        return owed

    return make


def sent() -> list[tuple[str, str]]:
    from huiguan.deliveries.models import Delivery

    return sorted(Delivery.objects.values_list("channel", "subject"))


def test_a_reminder_leads_to_the_page_where_the_member_pays(
    as_person: Any, reached: Any, rule: Any, client: Any
) -> None:
    from huiguan.deliveries.models import Delivery
    from huiguan.own.models import Link
    from tenants.dues.reminding import remind_by_rules

    with as_person("gu"):
        rule(7, body="{会员}可在此查看并缴纳：{链接}")
        rule(-60, body="{会员}即将到期")
        owed = reached(due_in(-8))
        assert remind_by_rules() == 1 and Link.objects.count() == 1
        [url] = {each.body.partition("：")[2] for each in Delivery.objects.all()}
    page = client.get(url, follow=True, headers={"host": url.split("/")[2]})
    assert page.status_code == 200 and str(owed) in page.content.decode()


def test_a_reminder_goes_out_by_each_channel_once(working: Any, reached: Any, rule: Any) -> None:
    from tenants.dues.reminding import remind_by_rules

    working("gu")
    rule(7)
    owed = reached(due_in(-8))
    reached(due_in(-6))
    assert (remind_by_rules(), remind_by_rules()) == (1, 1)
    assert [channel for channel, _subject in sent()] == ["email", "sms"]
    owed.refresh_from_db()
    assert owed.status == "reminded"


def test_before_the_due_day_nobody_is_called_late(working: Any, reached: Any, rule: Any) -> None:
    from tenants.dues.reminding import remind_by_rules

    working("gu")
    rule(-30)
    owed = reached(due_in(29))
    assert remind_by_rules() == 1
    owed.refresh_from_db()
    assert owed.status == "open"


def test_who_has_paid_or_was_eased_is_left_alone(working: Any, reached: Any, rule: Any) -> None:
    from tenants.dues import payments
    from tenants.dues.models import Charge
    from tenants.dues.reminding import remind_by_rules

    working("gu")
    rule(7)
    paid, eased = reached(due_in(-8)), reached(due_in(-8))
    payments.record(member_id=paid.member_id, method="cash", fen=200_000, received_on=localdate())
    Charge.objects.filter(pk=eased.pk).update(status="eased")
    assert remind_by_rules() == 0
    assert sent() == []


def test_a_person_reminds_at_once_and_hears_when_nobody_can_be_reached(
    working: Any, reached: Any, charge: Any, rule: Any
) -> None:
    working("gu")
    with pytest.raises(ValidationError):
        reached(due_in(-3)).remind()
    rule(0)
    reached(due_in(-3)).remind()
    assert len(sent()) == 2
    with pytest.raises(ValidationError):
        charge(due=due_in(-3)).remind()


def test_words_that_nobody_fills_in_are_refused_when_they_are_written(rule: Any, working: Any) -> None:
    working("gu")
    with pytest.raises(ValidationError):
        rule(body="请 {nobody} 缴费")


@pytest.mark.parametrize(("cause", "number"), [("forgotten", 0), ("difficulty", 1), ("dissatisfied", 1)])
def test_who_hears_a_reason_takes_care_of_it(working: Any, charge: Any, cause: str, number: int) -> None:
    from huiguan.followups.models import FollowUp

    working("tan")
    owed = charge()
    owed.note_cause(cause=cause, text="工程款未回")
    assert FollowUp.objects.count() == number
