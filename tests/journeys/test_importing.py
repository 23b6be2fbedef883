"""The registers that secretariats keep come in through the browser: looked at, corrected, imported, undone, again."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

import tenants.members.demo

REGISTERS = Path(tenants.members.demo.__file__).parent


class Correction(NamedTuple):
    """A question that the page asks, and what the secretary answers."""

    question: str
    field: str
    answer: str


WORKBOOK = [
    Correction("“史经理”只是称呼，请问全名是什么？", "联系人", "史建安"),
    Correction("没有写职务，请问是什么职务？", "职务", "常务理事"),
    Correction("这一行没有企业名称，也没有姓名。请问是谁？", "名称", "西安订正商贸有限公司"),
]
TEXT_FILE = [
    Correction("请问全名是什么？", "联系人", "史建安"),
    Correction("请重新填写。", "电话", "13900000007"),
    Correction("“待定”还不是名称", "名称", "西安订正商贸有限公司"),
]


def upload(at, path):
    at.open("/members/import/")
    at.page.set_input_files("input[type=file]", path)
    return at.press("读取文件")


def correct(at, said):
    """From the list of what is to be decided to the row, and back."""
    row = at.page.locator("#records tr", has_text=said.question).first
    with at.leaving():
        row.get_by_role("link").first.click()
    at.sees("文件中的原文", said.question)
    at.page.get_by_role("radio", name="导入", exact=True).check()
    at.write(said.field, said.answer)
    at.press("保存")
    at.sees("已处理。")


def promised(at):
    return int(re.search(r"将导入 ([\d,]+) 名会员", at.page.locator("main").inner_text()).group(1))


def members(at):
    """How many the list of members counts."""
    at.open("/members/member/")
    counted = re.search(r"共 ([\d,]+) 条", at.page.locator("main").inner_text())
    return int(counted.group(1)) if counted else 0


@pytest.mark.parametrize(
    ("chamber", "secretary", "file", "corrections", "width"),
    [
        ("changde", "qin", "members_register_a.xlsx", WORKBOOK, 1280),
        ("shaoyang", "dai", "members_register_b.csv", TEXT_FILE, 390),
    ],
    ids=["workbook", "text file on a phone"],
)
def test_a_register_is_looked_at_corrected_imported_undone_and_imported_again(
    visitor, chamber, secretary, file, corrections, width
):
    at = upload(visitor(chamber, secretary, width), REGISTERS / file)
    checking = at.page.url
    at.sees(file, "待处理", "无法导入")
    at.follow("各列的内容").press("重新读取")
    at.sees("文件已重新读取。")
    for each in corrections:
        at.open(checking)
        correct(at, each)

    number = promised(at.open(checking))
    at.press("导入").sees("已导入")
    assert members(at) == number > 50
    at.open("/members/member/?q=史建安").sees("史建安")

    at.open(checking).confirm("撤销导入").sees("已撤销")
    assert members(at) == 0
    at.open(checking).press("重新核对").press("导入").sees("已导入")
    assert members(at) == number
    at.open("/").sees("会员")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("照片.xlsx", b"\xff\xd8\xff\xe0 not a table", "这不是电子表格。请选择 .xlsx 或 .csv 文件。"),
        ("空.csv", b"", "空"),
    ],
    ids=["picture", "empty"],
)
def test_a_wrong_file_is_refused_in_words_and_nothing_is_kept(visitor, tmp_path, name, content, reason):
    at = visitor("changde", "tan")
    path = tmp_path / name
    path.write_bytes(content)
    upload(at, path)
    at.sees(reason)
    at.does_not_see(name)
