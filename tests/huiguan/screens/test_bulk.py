"""One action on many records: for all of them or for none, with a word that a person understands."""

from typing import Any

import pytest

from huiguan.audit.models import Entry
from tenants.members.models import Group, GroupPlace, Member, Position, Term


def act(browser: Any, url: str, action: str, records: Any, **query: str) -> str:
    chosen = {"action": action, "chosen": [str(r.pk) for r in records]}
    answer = browser.post(f"{url}bulk/", chosen, query_params=query, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture
def groups(as_person: Any) -> list[Group]:
    with as_person("qin"):
        return [Group.objects.create(name=f"{n}组") for n in "一二三"]


def names(as_person: Any) -> set[str]:
    with as_person("qin"):
        return set(Group.objects.values_list("name", flat=True))


def test_the_chosen_are_deleted_and_each_is_told(groups: Any, signed_in: Any, as_person: Any) -> None:
    act(signed_in("qin"), "/members/group/", "delete", groups[:2])
    assert names(as_person) == {"三组"}
    with as_person("qin"):
        assert Entry.objects.filter(verb="deleted", actor="秦若兰").count() == 2


def test_what_others_still_need_is_not_deleted_and_neither_are_the_rest(signed_in: Any, as_person: Any) -> None:
    with as_person("qin"):
        free, used = Term.objects.create(number=1, starts_on="2020-01-01"), Term(number=2, starts_on="2024-01-01")
        used.save()
        Position.objects.create(member=Member.objects.create(name="湘味餐饮"), title="会长", term=used)
    page = act(signed_in("qin"), "/members/term/", "delete", [free, used])
    assert "alert-danger" in page
    with as_person("qin"):
        assert Term.objects.count() == 2


def test_an_action_without_the_right_is_refused(groups: Any, signed_in: Any, as_person: Any) -> None:
    chosen = {"action": "delete", "chosen": [str(g.pk) for g in groups]}
    assert signed_in("tan").post("/members/group/bulk/", chosen).status_code == 403
    assert len(names(as_person)) == 3


def test_an_action_that_does_not_exist_changes_nothing_and_says_nothing_was(
    groups: Any, signed_in: Any, as_person: Any
) -> None:
    for action in ("explode", "save", "__class__", "delete_everything", ""):
        page = act(signed_in("qin"), "/members/group/", action, groups)
        assert "已更改 3" not in page
    assert len(names(as_person)) == 3


def test_records_of_another_chamber_are_not_touched(signed_in: Any, as_person: Any) -> None:
    with as_person("dai"):
        theirs = Group.objects.create(name="邵阳组")
    act(signed_in("qin"), "/members/group/", "delete", [theirs])
    with as_person("dai"):
        assert Group.objects.filter(pk=theirs.pk).exists()


def test_nonsense_among_the_chosen_is_left_aside(groups: Any, signed_in: Any, as_person: Any) -> None:
    chosen = {
        "action": "delete",
        "chosen": [str(groups[0].pk), "x", "", "' or 1=1", "00000000-0000-0000-0000-00000000000"],
    }
    signed_in("qin").post("/members/group/bulk/", chosen)
    assert names(as_person) == {"二组", "三组"}


def test_the_filters_are_still_there_afterwards(groups: Any, signed_in: Any) -> None:
    chosen = {"action": "delete", "chosen": [str(groups[0].pk)]}
    answer = signed_in("qin").post("/members/group/bulk/?q=组&kind=committee&sort=-name", chosen)
    assert answer.headers["Location"].endswith("/members/group/?q=%E7%BB%84&kind=committee&sort=-name")


def test_what_hangs_on_a_record_is_named_before_it_goes(groups: Any, signed_in: Any, as_person: Any) -> None:
    with as_person("qin"):
        GroupPlace.objects.create(group=groups[0], member=Member.objects.create(name="湘味餐饮"))
    page = signed_in("qin").get(f"/members/group/{groups[0].pk}/delete/").content.decode()
    assert "：1" in page
