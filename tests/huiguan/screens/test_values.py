"""How values are written on every screen."""

from decimal import Decimal

import pytest

from huiguan.screens.fields import shown, text_of
from tenants.dues.models import ReminderRule
from tenants.members.models import Member, Position


def test_of_a_field_that_holds_several_choices_each_is_said_in_words(working) -> None:
    working("qin")
    assert shown(ReminderRule(channels=["email", "sms"]), "channels").text == "邮件、短信"


def test_a_list_of_free_words_stays_as_it_is(working) -> None:
    working("qin")
    assert shown(Member(departments=["市商务局", "市科技局"]), "departments").text == "市商务局、市科技局"


@pytest.mark.parametrize(
    ("kept", "written"), [("400.00", "400"), ("2.50", "2.5"), ("0.00", "0"), ("12000.00", "12000")]
)
def test_a_number_is_written_without_the_places_that_its_column_keeps(kept: str, written: str) -> None:
    assert text_of(Decimal(kept)) == written


def test_a_fact_that_is_a_record_leads_to_its_page_for_who_may_see_it(signed_in, as_person) -> None:
    with as_person("qin"):
        member = Member.objects.create(name="迎春食品")
        position = Position.objects.create(member=member, title="理事")
    link = f'<a href="/members/member/{member.pk}/">迎春食品</a>'
    assert link in signed_in("qin").get(f"/members/position/{position.pk}/").content.decode()
