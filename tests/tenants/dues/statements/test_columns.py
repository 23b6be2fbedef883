"""Days, amounts and names under whatever headings a bank writes above them."""

from datetime import date, time

import pytest

from tenants.dues.statements import read_statement
from tests.support.workbooks import csv
from tests.tenants.dues.statements.statements import read


@pytest.mark.parametrize(
    "heading", ["收(付)方名称", "收/付款人名称", "付（收）款方户名", "收款人名称", "客商", "对手方"]
)
def test_the_other_side_is_found_under_any_heading(heading: str) -> None:
    head = ["交易日期", heading, "收入", "支出"]
    rows: list[list[object]] = [
        ["2025-01-06", "西安甲木商贸有限公司", 1000, None],
        ["2025-01-07", "任我行", None, 15],
        ["2025-01-08", "向问天", 3000, None],
    ]
    assert [line.party for line in read(*rows, head=head).lines] == [row[1] for row in rows]


def test_words_of_a_column_tell_the_side_where_its_heading_does_not() -> None:
    head = ["交易日期", "交易类型", "交易金额", "对方户名"]
    rows: list[list[object]] = [
        ["2025-01-06", "来账", "1,000.00", "向问天"],
        ["2025-01-07", "往账", "15.00", "任我行"],
        ["2025-01-08", "来账", "3,000.00", "向问天"],
    ]
    assert [line.amount_fen for line in read(*rows, head=head).lines] == [100_000, -1_500, 300_000]


@pytest.mark.parametrize(
    ("cells", "on", "at"),
    [
        (["20250106", "095030"], date(2025, 1, 6), time(9, 50, 30)),
        (["2025/1/6", "9:50"], date(2025, 1, 6), time(9, 50)),
        (["2025年1月6日", 0.41], date(2025, 1, 6), time(9, 50, 24)),
        ([45663, 95030], date(2025, 1, 6), time(9, 50, 30)),
        (["2025-01-06 09:50:30", None], date(2025, 1, 6), time(9, 50, 30)),
        (["20250106095030", None], date(2025, 1, 6), time(9, 50, 30)),
        ([45663.41, None], date(2025, 1, 6), time(9, 50, 24)),
        ([None, "2025-01-06 09.50.30"], date(2025, 1, 6), time(9, 50, 30)),
    ],
)
def test_days_and_times_are_read_in_every_way_banks_write_them(cells: list[object], on: date, at: time) -> None:
    rows = [[*cells, "向问天", 1000, None], [*cells, "任我行", None, 15]]
    line = read(*rows, head=["交易日期", "交易时间", "对方户名", "收入", "支出"]).lines[0]
    assert (line.booked_on, line.booked_at) == (on, at)


@pytest.mark.parametrize(
    ("head", "came", "went"),
    [
        (["交易金额(收入)", "交易金额(支出)"], [1000, None], [None, 15]),
        (["贷方发生额/元", "借方发生额/元(支取)"], ["1,000.00", "0.00"], ["0.00", "15.00"]),
        (["收/支", "金额"], ["收入", "¥1000.00"], ["支出", "¥15.00"]),
        (["借贷标志", "发生额"], ["C", 1000], ["D", 15]),
        (["收支"], [1000], [-15]),
        (["发生额(收入为正,支出为负)"], ["+1,000.00元"], ["(15.00)"]),
        (["来往账标志", "交易金额"], ["来账", "1,000.00"], ["往账", "-15.00"]),
    ],
)
def test_amounts_stand_in_one_column_or_in_two(head: list[str], came: list[object], went: list[object]) -> None:
    rows = [["2025-01-06", "向问天", *came], ["2025-01-07", "任我行", *went]]
    lines = read(*rows, head=["交易日期", "对方户名", *head]).lines
    assert [line.amount_fen for line in lines] == [100_000, -1_500]


def test_name_and_account_of_the_other_side_may_stand_in_one_cell() -> None:
    head = ["交易日期", "对方账号与户名", "收入", "支出"]
    lines = read(
        ["2025-01-06", "6217000000000012/向问天", 1000, None], ["2025-01-07", "任我行", None, 15], head=head
    ).lines
    assert [(line.party, line.party_account) for line in lines] == [("向问天", "6217000000000012"), ("任我行", "")]


def test_a_bill_of_a_payment_service_is_read_too() -> None:
    said = [
        "微信支付账单明细",
        "起始时间:[2025-01-01 00:00:00] 终止时间:[2025-11-30 00:00:00]",
        "交易时间|交易类型|交易对方|商品|收/支|金额(元)|支付方式|当前状态|交易单号|备注",
        "2025-01-06 09:50:30|二维码收款|向问天|会费|收入|¥3000.00|/|已收钱|10001\t|/",
        "2025-01-07 10:00:00|零钱提现|某银行|/|/|¥2000.00|某银行|提现已到账|10002\t|/",
        "2025-01-08 10:00:00|二维码收款|任我行|会费|收入|¥100.00|/|已全额退款|10003\t|/",
    ]
    content = csv([row.split("|") for row in said], encoding="utf-8-sig")
    statement = read_statement(content, filename="账单.csv")
    assert [(line.party, line.amount_fen, line.remark) for line in statement.lines] == [("向问天", 300_000, "会费")]
    assert [each.reason for each in statement.skipped][-2:] == ["neutral", "not_booked"]
