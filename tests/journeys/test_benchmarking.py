"""Key figures: seen by the chamber first, sent by its consent and word for word, and published of no fewer than six."""

import pytest

from huiguan.kpis import last_quarter, quarter_name
from tests.journeys.ledger import ledger_says
from tests.journeys.visitor import Visitor

PROGRAMS = ("worker",)
RETENTION, GROWTH, SUCCESS = "会员留存率", "会员净增长率", "资源对接成功率"
MEMBERS = 12
QUARTER = quarter_name(*last_quarter())
ROWS = [f"西安第{n}茶业有限公司,何小满,138{n:08d},农产品,2020-03-{n:02d}" for n in range(1, MEMBERS + 1)]


@pytest.fixture(scope="module")
def coordinator(chromium, house):
    """Opened the quarter that ended last, from the empty list."""
    at = Visitor(chromium, house, "hunan", 1280).sign_in("lian")
    at.open("/benchmarking/release/").sees("先开始一个季度").follow("新建对标发布")
    at.press("保存").sees(QUARTER, "收集中")
    yield at
    at.leave()


@pytest.fixture
def secretary(visitor, tmp_path):
    """`secretary("changde", "qin", 390)`: of a chamber whose members came in from a table a minute ago."""
    path = tmp_path / "会员.csv"
    path.write_text("\n".join(["企业名称,联系人,电话,行业,入会时间", *ROWS]))

    def come(slug, key, width):
        at = visitor(slug, key, width).open("/members/import/")
        at.page.set_input_files("input[type=file]", path)
        return at.press("读取文件").press("导入").sees("已导入")

    return come


def says(at, figure, text):
    told = at.page.get_by_role("table", name="指标").locator("tr", has_text=figure).inner_text()
    assert text in told, told


def consent(at, figure):
    """The chamber looks at its own figures before any of them is shared."""
    at.open("/benchmarks/").sees("请先计算指标").does_not_see("收回")
    at.press("重新计算").sees("已根据本会记录算出。", "最近四个季度")
    says(at, RETENTION, "100%")
    says(at, SUCCESS, "记录太少，暂不评价")
    at.press(f"共享：{figure}").sees(f"从现在起共享“{figure}”")
    says(at, figure, "尚未发布")


def report(at):
    """What the page shows is what the ledger holds."""
    at.open("/").follow("核对", exact=False).sees("将报送给", RETENTION, "100%", str(MEMBERS))
    at.does_not_see(GROWTH)
    at.press("发送").sees("已发送，原文记入共享台账。", "重新报送")
    ledger_says(at, '"value": 100.0', f'"members": {MEMBERS}').sees(f"{RETENTION} 100%").does_not_see("K04")


def test_only_a_quarter_that_has_ended_is_opened_and_only_once(coordinator):
    at, (year, quarter) = coordinator, last_quarter()
    at.open("/benchmarking/release/new/").press("保存").sees("这个季度已经开始收集。")
    at.write("年份", str(year + 1))
    at.press("保存").sees("这个季度还没有结束。")
    assert at.page.get_by_label("年份").input_value() == str(year + 1)
    assert at.page.get_by_label("季度").input_value() == str(quarter)


def test_a_chamber_sends_what_it_agreed_to_and_sees_only_of_what_it_shares(coordinator, secretary, visitor):
    changde, shaoyang = secretary("changde", "qin", 1280), secretary("shaoyang", "dai", 390)
    for at in (changde, shaoyang):
        consent(at, RETENTION)
        report(at)
    release = coordinator.open("/benchmarking/release/").follow(QUARTER).sees("不显示任何一家商会的数据").page.url
    coordinator.confirm("现在发布").waits_for("不发布").sees("已发布")
    coordinator.finds_no("修改").does_not_see("100.0")

    for at in (changde, shaoyang):
        at.open("/benchmarks/")
        says(at, RETENTION, "不足六家商会，不发布。")
        says(at, GROWTH, "共享后可见")
    visitor("hunan", "qiao").open(release).finds_no("现在发布")
    changde.confirm(f"收回：{RETENTION}").sees("已经发布的保持不变")
    changde.open("/benchmarks/check/").sees("共享的指标在本季度都没有数据。")
