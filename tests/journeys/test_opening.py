"""A chamber opens itself: an address of its own, a password of one's choice, and what to do first."""

import pytest

from tests.journeys.house import link_in

PROGRAMS = ("worker", "payments")
NAME, LING, MAIL = "陕西省钦州商会", "凌晚舟", "ling@example.com"
PASSWORD = "baihe-kai-zai-qiu-tian"
TAKEN, RESERVED = "这个网址已有人使用，请换一个。", "这个网址已保留，请换一个。"


@pytest.fixture
def form(visitor):
    """`form(390)`: the form of the site, filled in but for the address."""

    def come(width):
        at = visitor(width=width).open("/").follow("开通商会")
        at.write("商会名称", NAME)
        at.choose("所在地区", "陕西")
        at.choose("籍贯地区", "广西")
        at.write("秘书长", LING)
        at.write("电子邮箱", MAIL)
        return at

    return come


def choose_password(at):
    """Too short a one is refused; the name that was given before is still there."""
    at.sees("欢迎加入", NAME, MAIL)
    at.write("密码", "short")
    at.press("接受并登录").sees("密码太短")
    assert at.page.get_by_label("姓名").input_value() == LING
    at.write("密码", PASSWORD)
    return at.press("接受并登录")


@pytest.mark.parametrize(
    ("address", "why"),
    [("changde", TAKEN), ("hunan", TAKEN), ("www", RESERVED), ("Qin Zhou!", "以字母开头")],
    ids=["of a chamber", "of a federation", "reserved", "not an address"],
)
def test_an_address_that_cannot_be_had_is_refused_in_words_and_nothing_typed_is_lost(form, address, why):
    at = form(390)
    at.write("网址", address)
    at.press("开通").sees(why)
    assert at.page.get_by_label("商会名称").input_value() == NAME
    assert at.page.locator("[name=home_region]").input_value() == "450000"


def test_a_chamber_is_open_when_the_page_answers_and_says_what_to_do_first(form, visitor, house):
    at = form(1280)
    at.write("网址", "qinzhou")
    choose_password(at.press("开通")).sees(f"欢迎您，{LING}。", "开始使用", "导入会员", "邀请秘书处人员", "加入联合会")
    assert at.page.url == house.url("qinzhou")
    at.follow("去办理：导入会员").sees("读取文件").page.get_by_role("button", name="套餐与付款", exact=True).click()
    at.follow("当前套餐").sees("试用中")

    visitor("qinzhou", width=390).open("/").identify(MAIL, PASSWORD).sees("开始使用")
    assert NAME in house.letters()[-1] and house.url("qinzhou") in link_in(house.letters()[-1])
