"""A plan is bought, its card fails a month later, the chamber can only read, and paying opens it again."""

import pytest

PROGRAMS = ("worker", "payments")
GOOD, DECLINED, FAILS_LATER = "4242 4242 4242 4242", "4000 0000 0000 0002", "4000 0000 0000 0341"
MEMBER = "西安迎春食品有限公司"


@pytest.fixture
def pass_days(visitor, house):
    """The time of the stand-in for Stripe moves ahead."""
    desk = visitor()
    return lambda days: desk.open(f"{house.payments}/_sandbox/").press(f"{days} 天").sees("已通知本系统的消息")


def buy(at):
    """The first plan; a card that the bank declines costs nothing and loses nothing."""
    at.open("/billing/").sees("试用中", "会员")
    at.press("选择并付款", within=at.page.locator(".card", has_text="500 名会员"))
    at.write("卡号", DECLINED)
    at.press("订阅并付款").sees("银行拒绝了这张卡，没有扣款。请换一张卡。")
    at.write("卡号", GOOD)
    at.press("订阅并付款").sees("付款成功，套餐已生效。谢谢！", "下次扣款日")


def use_card(at, number):
    """At the payment service's own page, and back."""
    at.open("/billing/").press("银行卡与未付账单")
    at.write("卡号", number)
    return at.press("以后使用这张卡").sees(f"•••• {number[-4:]}")


def enter_member(at):
    at.open("/members/member/new/")
    at.write("名称", MEMBER)
    return at.press("保存")


def test_a_card_that_fails_makes_the_chamber_read_only_step_by_step_and_paying_opens_it_again(visitor, pass_days):
    at, officer, treasurer = visitor("changde", "qin"), visitor("changde", "tan", 390), visitor("changde", "gu", 390)
    buy(at)
    use_card(at, FAILS_LATER).follow("返回商会")
    pass_days(31)
    officer.open("/").waits_for("最近一次扣款失败")
    treasurer.open("/billing/").sees("接下来会怎样", "扣款失败", "只能查看，不能修改。")
    pass_days(7)
    officer.open("/").waits_for("目前只能查看，不能修改")
    enter_member(officer).sees("暂时不能操作", "刚才填写的内容没有保存")
    officer.page.go_back()
    treasurer.open("/billing/").sees("商会停用").follow("账单").sees("未付款")

    use_card(at, GOOD).press("立即付款").sees("已付款").follow("返回商会").waits_for("下次扣款日")
    officer.press("保存").sees(f"“{MEMBER}”已保存").does_not_see("目前只能查看")
