"""A year of dues, from the register to the rate: rules, assessment, bank statement, easings, cash, a receipt."""

import re
from pathlib import Path

import tenants.members.demo

PROGRAMS = ("worker",)
REGISTERS = Path(tenants.members.demo.__file__).parent
STATEMENT = Path(__file__).parents[1] / "data" / "bank_statement_a.xlsx"
LEVELS = ("30000", "10000", "5000", "2000")
RESOLUTION = {"决议": "第二届第六次理事会决议", "决议日期": "2026-01-10"}


def import_registers(at):
    for file in ("members_register_a.xlsx", "members_register_b.csv"):
        at.open("/members/import/").page.set_input_files("input[type=file]", REGISTERS / file)
        at.press("读取文件").press("导入").sees("已导入")


def adopt_rules(at):
    at.open("/dues/ruleset/new/")
    at.write("名称", "2025年会费标准")
    at.write("生效日期", "2025-01-01")
    for row, yuan in enumerate(LEVELS):
        at.page.locator(f"#id_levels-{row}-amount_fen").fill(yuan)
    at.press("保存").sees("2025年会费标准").follow("通过并生效")
    resolve(at, "通过并生效")


def resolve(at, button):
    for label, text in RESOLUTION.items():
        at.write(label, text)
    return at.press(button)


def assess(at, year):
    at.open(f"/dues/assessment/new/?year={year}").sees("会长单位", "尚未计收")
    return at.confirm(at.page.get_by_role("button", name=re.compile("计收")).first.inner_text())


def book_statement(at):
    """What is certain; the rest waits for a person, line by line."""
    at.open("/dues/bankstatement/new/").page.set_input_files("input[type=file]", STATEMENT)
    return at.press("读取文件").sees("待处理", "付款人就是").press("入账").sees("已入账")


def write_reminder(at):
    at.open("/dues/reminderrule/new/")
    for label, text in {"名称": "逾期一周", "距到期日的天数": "7", "主题": "{款项}提醒"}.items():
        at.write(label, text)
    at.write("正文", "{会员}还有 {金额} 未缴，缴费码 {缴费码}。")
    at.page.get_by_label("短信", exact=True).check()
    at.press("保存").sees("逾期一周")


def unpaid(at):
    """Addresses of this year's charges of which nothing came."""
    at.open("/dues/charge/?status=open&year=2026")
    return at.page.locator("main tbody td.is-title a").evaluate_all("links => links.map(a => a.getAttribute('href'))")


def ease(at, charge, kind, **said):
    """Proposed, and granted by a resolution."""
    at.open(charge).follow("提出减缓").page.get_by_label(kind, exact=True).check()
    for label, text in said.items():
        at.write(label, text)
    at.write("原因", "企业经营暂时困难")
    at.press("保存").follow("登记为同意")
    return resolve(at, "登记为同意").sees("已同意")


def pay_in_cash(at, charge, yuan):
    at.open(charge).follow("登记缴费").page.get_by_label("现金", exact=True).check()
    at.write("金额（元）", yuan)
    return at.press("入账")


def begins_with(at, link):
    """The first characters of the file that a link leads to."""
    fetched = "async link => (await (await fetch(link.href)).text()).slice(0, 5)"
    return at.page.get_by_role("link", name=link).first.evaluate(fetched)


def test_a_treasurer_takes_a_chamber_from_its_register_to_the_rate_of_a_year(visitor):
    secretary, treasurer, phone = visitor("changde", "qin"), visitor("changde", "gu"), visitor("changde", "gu", 390)
    import_registers(secretary)
    adopt_rules(secretary)
    for year in (2025, 2026):
        assess(treasurer, year).sees("名会员计收")
    book_statement(treasurer)

    parted, waived, reminded, paid = unpaid(secretary)[:4]
    ease(secretary, parted, "分期", 期数="3", 首期日期="2026-12-31").sees("2026-12-31 · ¥", "2027-02-28 · ¥")
    ease(secretary, waived, "减免")
    secretary.open(waived).sees("已结清")
    write_reminder(secretary)
    secretary.open(reminded).press("立即提醒").sees("已提醒")
    pay_in_cash(treasurer, paid, "500").press("开具收据").sees("收据 2026-000001")
    assert begins_with(treasurer, "PDF") == "%PDF-"
    for at in (treasurer, phone):
        at.open("/dues/?year=2026").sees("收缴率", "未缴会费账龄")
        at.open("/dues/ladder/").sees("催缴进度")
