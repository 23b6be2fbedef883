"""Exports: no cell that a spreadsheet would run (goal G11), what the list showed; who took it stands in the trail."""

import io
from random import Random
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from huiguan.audit.models import Entry
from huiguan.screens.exporting import workbook
from huiguan.spreadsheets.neutral import FORMULA_STARTS, neutral
from huiguan.spreadsheets.reading import read_grids
from tenants.members.models import Group

TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)
BREAKING = [*"=+-@'\t ＝＠1.,é<&>|\n", '"', "_x0041_"]
STARTS = st.sampled_from([*FORMULA_STARTS, " =", "\n", "'", ""])


def read_back(rows: list[list[str]]) -> list[list[Any]]:
    content = workbook(["甲"], rows, title="表")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


@settings(max_examples=200, derandomize=True, database=None)
@example("=", "1+1")
@example(" =", 'HYPERLINK("http://evil")')
@example("+", "cmd|' /C calc'!A0")
@given(STARTS, TEXTS)
def test_no_cell_begins_what_a_spreadsheet_would_run(start: str, text: str) -> None:
    said = neutral(start + text)
    runs = said.lstrip(" ").startswith(FORMULA_STARTS)
    assert not runs or set(said) <= set("+-0123456789,."), "a number may keep its sign"


def test_what_was_exported_is_read_as_it_was() -> None:
    """Two thousand cells of what breaks tables."""
    chance = Random(11)
    texts = ["".join(chance.choices(BREAKING, k=chance.randrange(8))) + "甲" for _number in range(2000)]
    texts += [start + text for start in ("'", "''", "' ") for text in ("=1", "-3.5", "+86", "1,234", "＝1")]
    [grid] = read_grids(workbook(["甲"], [[text] for text in texts], title="表"), filename="表.xlsx")
    assert [line.value(0) for line in grid.lines[1:]] == texts


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "＝1＋1", "\t=1", "\r=1", " =1", "-1+1", "+cmd|x", "=\x00cmd"])
def test_a_formula_arrives_as_text(text: str) -> None:
    [[value]] = read_back([[text]])
    assert value.startswith("'")


@pytest.mark.parametrize("text", ["-3.5", "+86", "1,234", "常德", "a=b", "", "'quoted"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    [[value]] = read_back([[text]])
    assert (value or "") == text


def test_letters_that_no_file_may_hold_are_left_out() -> None:
    assert read_back([["a\x00b\x0bc\x1fd"]]) == [["abcd"]]


def exported(browser: Any, query: str = "") -> list[str]:
    answer = browser.get(f"/members/group/export/{query}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return [row[0].value for row in sheet.iter_rows(min_row=2)]


def test_an_export_holds_what_the_filters_left(signed_in: Any, as_person: Any) -> None:
    with as_person("qin"):
        for name in ("甲组", "乙组", "=2+3"):
            Group.objects.create(name=name)
    browser = signed_in("qin")
    assert exported(browser, "?q=甲") == ["甲组"]
    assert set(exported(browser)) == {"甲组", "乙组", "'=2+3"}


def test_who_took_an_export_and_of_what_stands_in_the_trail(signed_in: Any, as_person: Any) -> None:
    with as_person("qin"):
        Group.objects.create(name="甲组")
    exported(signed_in("tan"), "?q=甲")
    with as_person("qin"):
        entry = Entry.objects.get(verb="exported")
        assert (entry.actor, entry.model) == ("谭一鸣", "members.Group")
        assert entry.facts == {"rows": 1, "query": "q=甲"}
    page = signed_in("qin").get("/audit/entry/").content.decode()
    assert "已导出" in page


def test_an_export_of_the_federation_stands_in_its_journal(hunan: Any, signed_in: Any) -> None:
    from huiguan.journal.models import Entry as JournalEntry

    browser = signed_in("lian")
    urls = [f"/{name}/export/" for name in ("liaison/session", "registry/membership")]
    answers = [browser.get(url) for url in urls]
    if taken := [a for a in answers if a.status_code == 200]:
        assert JournalEntry.objects.filter(verb="exported", scope=str(hunan.pk)).count() == len(taken)
