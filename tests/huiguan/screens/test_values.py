"""How values are written on every screen."""

from huiguan.screens.fields import shown
from tenants.dues.models import ReminderRule
from tenants.members.models import Member


def test_of_a_field_that_holds_several_choices_each_is_said_in_words(working) -> None:
    working("qin")
    assert shown(ReminderRule(channels=["email", "sms"]), "channels").text == "邮件、短信"


def test_a_list_of_free_words_stays_as_it_is(working) -> None:
    working("qin")
    assert shown(Member(departments=["市商务局", "市科技局"]), "departments").text == "市商务局、市科技局"
