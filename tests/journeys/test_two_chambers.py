"""Somebody of two chambers: invited to the second, changes between both, reads what left and who may do what."""

import pytest

from tests.journeys.ledger import ledger_says
from tests.journeys.visitor import Visitor
from tests.support import cast

PROGRAMS = ("worker",)
CHANGDE, SHAOYANG = cast.CHAMBERS.values()
TAN = cast.PEOPLE["tan"][0]


@pytest.fixture(scope="module")
def tan(chromium, house):
    """An officer of 常德 who took up a second role at 邵阳, by the link that was handed over there."""
    host = Visitor(chromium, house, "shaoyang", 1280).sign_in("dai").follow("人员与角色").follow("邀请人员")
    host.write("姓名", TAN)
    host.write("电子邮箱", cast.email("tan"))
    host.choose("角色", "干事")
    host.press("发送邀请").sees("已邀请，尚未加入", TAN).unfold("邀请链接")
    guest = Visitor(chromium, house, "shaoyang", 390)
    guest.open(host.page.get_by_label(f"给{TAN}的链接").input_value()).sees("您已有账号，请登录后接受邀请。")
    guest.follow("登录").identify(cast.email("tan"), cast.PASSWORD).press("接受").sees("工作台")
    host.page.reload()
    host.sees(TAN).does_not_see("尚未加入")
    for at in (guest, host):
        at.leave()


def change_to(at, here, there):
    """By the name of the place that one is in."""
    at.page.get_by_role("button", name=f"{here}：切换到其他商会或联合会").click()
    return at.follow(there)


def may(at, permission):
    """Of the matrix: which roles have it."""
    roles = at.page.locator(".hg-matrix thead th").all_inner_texts()[1:]
    marks = at.page.locator(".hg-matrix tr", has_text=permission).locator("td").all_inner_texts()
    return {role for role, mark in zip(roles, marks, strict=True) if "是" in mark}


@pytest.mark.usefixtures("tan")
@pytest.mark.parametrize("width", [1280, 390])
def test_a_person_of_two_chambers_changes_between_them_and_reads_each_ones_ledger(visitor, house, width):
    at = visitor("changde", "tan", width)
    ledger_says(at, "directory", "liaison", "benchmarking").sees("在陕湘籍商会联席会议")
    change_to(at, CHANGDE, SHAOYANG)
    assert at.page.url == house.url("shaoyang")
    at.open("/").sees("工作台")


def test_the_matrix_says_who_may_do_what(visitor):
    at = visitor("changde", "ruan").open("/people/").finds_no("邀请人员").follow("权限一览")
    assert may(at, "邀请人员、分配角色") == {"秘书长"}
    assert {"秘书长", "干事", "监事"} <= may(at, "查看共享台账")
    at.page.set_viewport_size({"width": 390, "height": 900})
    at.look().sees("秘书长、干事")
