"""The workbench: the most urgent first, and of every folder something."""

import datetime

from django.utils.timezone import localdate

from huiguan.followups.actions import follow_up
from huiguan.screens.workbench import SHOWN, some_of_each
from tenants.applications.models import Application
from tenants.members.models import Group


def waiting(folder, number):
    day = datetime.date(2026, 1, 1)
    return [{"folder": folder, "title": f"{folder} {n}", "due": day + datetime.timedelta(n)} for n in range(number)]


def test_many_late_dues_do_not_hide_what_others_wait_for():
    items = [*waiting("dues", 60), *waiting("visits", 2), *waiting("meetings", 1)]
    shown = some_of_each(items)
    assert len(shown) == SHOWN
    assert [item["folder"] for item in shown[-3:]] == ["visits", "visits", "meetings"]
    assert shown[0]["title"] == "dues 0", "the order of urgency stays"


def test_a_folder_that_is_alone_has_all_the_room():
    items = waiting("dues", 60)
    assert some_of_each(items) == items[:SHOWN]


def test_each_of_many_folders_has_its_most_urgent_shown():
    items = [item for name in "abcdefgh" for item in waiting(name, 7)]
    shown = some_of_each(items)
    assert len(shown) == SHOWN and {item["folder"] for item in shown} == set("abcdefgh")
    assert all(f"{name} 0" in {item["title"] for item in shown} for name in "abcdefgh")


def test_the_list_of_all_can_be_narrowed_to_one_folder(signed_in, as_person, actor):
    mine = actor("qin").person_id
    with as_person("qin"):
        about = Group.objects.create(name="餐饮专委会")
        follow_up(about=about, title="回访湘味餐饮", owner_id=mine, due_on=localdate())
        Application.objects.create(name="西安迎春食品有限公司", status=Application.Status.RECEIVED)
    client = signed_in("qin")
    page = client.get("/tasks/").context
    assert {each["folder"]: each["number"] for each in page["folders"]} == {"followups": 1, "applications": 1}
    only = client.get("/tasks/", {"of": "followups"}).context["items"]
    assert [item["title"] for item in only] == ["回访湘味餐饮"] and page["number"] == 2
