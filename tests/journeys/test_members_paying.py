"""A chamber connects its account; a member pays by Alipay on a phone; the treasurer sees it and gives a part back."""

import pytest
from django.utils.dateformat import format as date_format
from django.utils.timezone import localdate

from tests.billing.connecting import FACTS
from tests.journeys.visitor import Visitor
from tests.support import cast

PROGRAMS = ("worker", "payments")
MEMBER, SERVICE = "西安迎春食品有限公司", "展位服务"
ROWS = (f"{MEMBER},周小满,13900001234,食品,2024-03-01",)
LABELS = {
    "registration": "登记证号", "representative": "法定代表人", "phone": "法定代表人手机",
    "bank_account": "收款银行账户",
}  # fmt: skip


@pytest.fixture(scope="module")
def secretary(chromium, house):
    at = Visitor(chromium, house, "changde", 1280).sign_in("qin")
    yield at
    at.leave()


@pytest.fixture(scope="module")
def link(secretary, tmp_path_factory):
    """The address that a member's contact is given; the member owes one service."""
    at = secretary
    enter_member(at, tmp_path_factory.mktemp("register"))
    at.open("/dues/charge/new/")
    at.choose("会员", MEMBER)
    at.write("用途", SERVICE)
    at.write("应缴", "1200")
    at.write("到期日", "2026-12-31")
    at.press("保存").sees(SERVICE)
    at.open("/members/member/").follow(MEMBER).press("为周小满生成链接")
    return at.page.locator("#link-address").input_value()


def enter_member(at, folder):
    path = folder / "会员.csv"
    path.write_text("\n".join(["企业名称,联系人,电话,行业,入会时间", *ROWS]))
    at.open("/members/import/").page.set_input_files("input[type=file]", path)
    at.press("读取文件").sees("将导入 1 名会员").press("导入").sees("已导入")


def open_first(at):
    """The first row of a list."""
    with at.leaving():
        at.page.locator("td.is-title a").first.click()
    return at


def connect(at):
    """The chamber's own account, complete at the payment service's page."""
    at.open("/billing/receiving/").sees("让会员在线缴费", "没有收款账户时")
    at.choose("注册地", "中国香港")
    at.write("负责人邮箱", cast.email("qin"))
    at.press("开通收款账户").sees("收款账户资料")
    for name, label in LABELS.items():
        at.write(label, FACTS[name])
    at.page.get_by_label("我同意支付平台的服务条款。").check()
    return at.press("提交").sees("可以收款", "可以提现到银行", "银行卡、支付宝、微信支付", "资料齐全。")


def test_a_member_pays_by_alipay_on_a_phone_and_the_treasurer_gives_a_part_back(visitor, secretary, link):
    phone, treasurer = visitor("changde", width=390), visitor("changde", "gu")
    treasurer.known = {"PDF"}
    phone.open(link).follow("我的会费", exact=False).sees("¥1,200.00", "银行转账", "联系秘书处").finds_no("在线缴费")
    connect(secretary)

    phone.open("/dues/mine/").press("在线缴费").sees("选择付款方式", SERVICE)
    phone.page.get_by_label("支付宝").check()
    phone.press("付款 ¥1,200.00").sees("支付宝").press("确认付款").sees("已付款，谢谢！", "没有未缴会费", SERVICE)
    assert "paid=" not in phone.page.url

    treasurer.open("/dues/onlinepayment/").sees(MEMBER, "支付宝", "已付款")
    open_first(treasurer).follow("查看缴费").sees("在线缴费", "¥26.40", "收据")
    treasurer.follow("在线退款")
    treasurer.write("金额（元）", "200")
    treasurer.write("原因", "展位缩小")
    treasurer.press("在线退款").sees("退款已提交支付平台", "展位缩小", "已退款")
    phone.open("/dues/mine/").sees("展位缩小", "¥200.00", "待缴会费")


def test_a_member_asks_for_an_invoice_and_finds_it_issued(visitor, link):
    phone, treasurer = visitor("changde", width=390), visitor("changde", "gu")
    treasurer.known = {"PDF"}
    phone.open(link).open("/dues/mine/").follow("申请发票")
    phone.write("税号", "91110000600037341M")
    phone.write("电子邮箱", "caiwu@example.com")
    phone.press("提交申请").sees("最后一位校验不符")
    phone.write("税号", "91110000600037341L")
    phone.press("提交申请").sees("申请已提交秘书处", "已申请")

    treasurer.open("/dues/invoicerequest/")
    open_first(treasurer.sees(MEMBER, "¥1,000.00")).follow("登记已开票")
    treasurer.write("发票号码", "26612000000018")
    treasurer.press("登记已开票").sees("已登记开票")
    phone.open("/dues/mine/").sees("已开票", "26612000000018")


def test_a_member_corrects_a_number_and_withdraws_a_consent_and_the_secretariat_sees_both(visitor, secretary, link):
    phone = visitor("changde", width=390)
    phone.open(link).follow("授权与消息", exact=False).sees("未同意").follow("查看并同意")
    phone.press("同意").sees("已同意").follow("查看或撤回").press("现在撤回").sees("未同意")
    phone.open("/own/").follow("我们的资料", exact=False)
    with phone.leaving():
        phone.page.get_by_role("link", name="更正").nth(1).click()
    phone.write("手机", "1380013")
    phone.press("发送").sees("请填写十一位大陆手机号")
    phone.write("手机", "138 0013 8000")
    phone.press("发送").sees("13800138000")

    secretary.open("/members/member/").follow(MEMBER).sees("13800138000", "13900001234")
    secretary.open("/members/consent/").sees(MEMBER, "联合会的需求和供给")
    today = secretary.page.locator("main tbody").get_by_text(date_format(localdate(), "Y年n月j日"))
    assert today.count() == 2  # given, and withdrawn
    secretary.open("/members/proposal/").sees(MEMBER, "已采纳")
