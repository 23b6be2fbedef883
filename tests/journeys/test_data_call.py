"""A data call from the notice to the official report: built, filled from own records, signed, reported. [001]"""

import hashlib
import io

import pytest
from openpyxl import Workbook, load_workbook

from tests.huiguan.files.conftest import PDF
from tests.journeys.ledger import ledger_says
from tests.journeys.visitor import Visitor

PROGRAMS = ("worker",)
TITLE = "关于报送2024年商协会和校友会促进湖南招商引资工作情况的通知"
MEMBERS, DIGEST = 12, hashlib.sha256(PDF).hexdigest()
ROWS = [f"西安第{n}茶业有限公司,何小满,138{n:08d},农产品,2020-03-{n:02d}" for n in range(1, MEMBERS + 1)]


@pytest.fixture(scope="module")
def coordinator(chromium, house):
    at = Visitor(chromium, house, "hunan", 390).sign_in("lian")
    yield at
    at.leave()


def ask(at, label, kind, **fields):
    """By keyboard: the fields of other kinds are out of the way."""
    at.write("问题", label)
    at.page.get_by_label(kind, exact=True).press("Space")
    for name, said in fields.items():
        at.write(name, said)
    return at.press("添加").sees(label)


def click(at, name, *then):
    """What changes the list where it stands."""
    at.page.get_by_role("button", name=name, exact=True).click()
    listed = "[...document.querySelectorAll('#questions li .fw-medium')].map((each) => each.textContent).join()"
    at.page.wait_for_function(f"wanted => {listed} === wanted", arg=",".join(then))
    at.look()


def attach(at, tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    at.page.get_by_label("证明材料", exact=True).set_input_files(path)


def saved(at, name):
    with at.page.expect_download() as download:
        at.page.get_by_role("link", name=name, exact=True).click()
    return download.value.path().read_bytes()


def template(tmp_path, *rows):
    path, book = tmp_path / "表样.xlsx", Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_notice_becomes_a_form_of_questions(coordinator):
    at = coordinator.open("/calls/call/").follow("新建通知或报送")
    at.write("标题", TITLE)
    at.write("发文单位", "湖南省商务服务中心")
    at.write("通知正文", "请各商会如实填报。")
    at.write("答复期限", "2099-12-31")
    at.press("保存").sees("没有填报项目即为通知")
    ask(at, "引进项目数", "数字", 单位="个")
    assert not at.page.get_by_label("选项或列", exact=True).is_visible()
    at.write("问题", "会员总数")
    at.choose("从商会记录取数", "会员")
    at.press("添加").sees("会员总数")
    ask(at, "在建项目", "表格", 选项或列="项目名称\n合同引资额（万元）")
    ask(at, "不要的一问", "文字")
    click(at, "上移：在建项目", "1. 引进项目数", "2. 在建项目", "3. 会员总数", "4. 不要的一问")
    click(at, "删除问题：不要的一问", "1. 引进项目数", "2. 在建项目", "3. 会员总数")
    ask(at, "证明材料", "文件")
    at.press("发给各商会").sees("各商会已签发的报送", "未阅")


def test_a_chamber_answers_from_its_own_records_and_reads_what_leaves(visitor, tmp_path):
    path = tmp_path / "会员.csv"
    path.write_text("\n".join(["企业名称,联系人,电话,行业,入会时间", *ROWS]))
    at = visitor("changde", "qin", 390).open("/members/import/")
    at.page.set_input_files("input[type=file]", path)
    at.press("读取文件").press("导入").sees("已导入")
    at.open("/reporting/").follow(TITLE).sees(f"本会记录：{MEMBERS}")
    assert at.page.get_by_label("会员总数（家）").count() == 0
    assert at.page.get_by_label("会员总数", exact=True).input_value() == str(MEMBERS)
    at.write("引进项目数（个）", "2")
    at.write("项目名称 1", "柳叶湖文旅综合体")
    at.write("合同引资额（万元） 1", "7600")
    at.known.add(".pdf")
    attach(at, tmp_path, "立项批复.pdf", PDF)
    at.press("保存并预览").sees("柳叶湖文旅综合体", "7600", "立项批复.pdf", DIGEST)
    at.press("签发并报送")
    at.waits_for("撤回报送")
    ledger_says(at, "柳叶湖文旅综合体", '"answer": "2"', DIGEST)
    assert saved(at, "立项批复.pdf") == PDF


def test_the_coordinator_saves_what_was_attached(coordinator):
    coordinator.known.add(".pdf")
    at = coordinator.open("/calls/call/").follow(TITLE).sees("立项批复.pdf")
    assert saved(at, "立项批复.pdf") == PDF


def test_the_authoritys_sheet_is_filled(coordinator, tmp_path):
    at = coordinator.open("/calls/call/").follow(TITLE).sees("柳叶湖文旅综合体")
    at.follow("正式报告").sees("可用的填充位")
    at.page.set_input_files("input[type=file]", template(tmp_path, ["{{ 投资额 }}"]))
    at.press("检查并保存").sees("没有内容可填入“投资额”。")
    rows = (["商会", "项目数"], ["{{ 商会.名称 }}", "{{ 商会.引进项目数 }}"], ["合计", "=SUM(B2:B2)"])
    at.page.set_input_files("input[type=file]", template(tmp_path, *rows))
    at.press("检查并保存").unfold("各填充位的内容").sees("引进项目数，该商会")
    with at.page.expect_download() as download:
        at.page.get_by_role("link", name="填充并下载").click()
    sheet = load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    assert [[c.value for c in row] for row in sheet] == [
        ["商会", "项目数"],
        ["西安市常德商会", 2],
        ["合计", "=SUM(B2:B2)"],
    ]
