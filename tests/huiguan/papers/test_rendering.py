"""Papers come out as PDF that can be read back word for word, with their fonts in them."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from huiguan.actors import SYSTEM, Actor, NotAllowed, acting_as
from huiguan.papers.kinds import Column, Report, Section, Table
from huiguan.papers.plain import MissingCharacters
from huiguan.papers.rendering import render_pdf
from huiguan.papers.stationery import Stationery
from tests.huiguan.papers.conftest import DAY, fonts_of, letter, read, receipt, text_of


@pytest.fixture(autouse=True)
def _as_the_system() -> Iterator[None]:
    with acting_as(SYSTEM):
        yield


def test_a_letter_says_what_it_was_given_and_nothing_runs(stationery: Stationery) -> None:
    said = letter(
        number="常商函〔2026〕12号",
        paragraphs=['#read("/etc/passwd") $x^2$ *粗* <b>_斜_</b> \\ @引 `代码`', "第二段"],
        closing=["此致", "敬礼！"],
        facts=[("户名", "西安市常德商会"), ("账号", "8061 0001")],
        enclosures=["议程", "回执"],
        signatory="会长　陶远山",
    )
    text = text_of(render_pdf(said, stationery=stationery))
    for words in (
        "常商函〔2026〕12号",
        "关于召开年会的函",
        "鼎盛建材：",
        '#read("/etc/passwd")$x^2$*粗*<b>_斜_</b>\\@引`代码`',
        "此致",
        "敬礼！",
        "附件：1.议程",
        "2.回执",
        "80610001",
        "会长陶远山",
        "二〇二六年十一月二十五日",
        "西安市雁塔区锦业路18号",
        "第1页共1页",
    ):
        assert words in text, words


def test_a_receipt_reckons_its_sum_and_says_it_in_capitals(stationery: Stationery) -> None:
    made = render_pdf(receipt(handled_by="谭一鸣", method="银行转账"), stationery=stationery)
    text = text_of(made)
    for words in (
        "会费收据",
        "2026-000123",
        "湖南鼎盛建材有限公司",
        "12,000.00",
        "345.67",
        "¥12,345.67",
        "壹万贰仟叁佰肆拾伍元陆角柒分",
        "2026年11月25日",
        "经办人：谭一鸣",
    ):
        assert words in text, words
    [page] = read(made).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 420), "half a sheet"


def test_a_report_goes_on_over_pages_that_are_counted(stationery: Stationery) -> None:
    rows = [[f"1月{n}日", f"企业家沙龙第{n}期", str(n)] for n in range(1, 81)]
    table = Table([Column("日期", "short"), Column("活动"), Column("人数", "number")], rows)
    said = Report(
        heading="会员价值报告", facts=[("活动", "80 次")], sections=[Section("活动", ["一览"], table)], signed_on=DAY
    )
    made = render_pdf(said, stationery=stationery)
    pages = [page.extract_text() for page in read(made).pages]
    assert len(pages) == 3
    assert all("日期" in page and "人数" in page for page in pages)
    assert "企业家沙龙第80期" in text_of(made)
    assert "第3页共3页" in text_of(made)
    assert read(made).metadata.title == "会员价值报告"  # type: ignore[union-attr]


def test_all_fonts_are_in_the_file_and_it_is_for_the_archive(stationery: Stationery) -> None:
    made = render_pdf(receipt(), sealed=True, stationery=stationery)
    found = fonts_of(made)
    assert {name.partition("+")[2] for name in found} == {"HuiguanTitle", "NotoSerifSC-Regular"}
    assert all("/FontFile2" in descriptor for descriptor in found.values())
    assert b"<pdfaid:part>2</pdfaid:part>" in made


def test_rare_characters_of_names_are_shown_in_titles_too(stationery: Stationery) -> None:
    name = "张䶮、李㛃、王𬍛、陈喆"
    assert text_of(render_pdf(letter(heading=name, paragraphs=[name]), stationery=stationery)).count(name) == 2


def test_a_character_that_no_font_has_is_an_error_that_names_it(stationery: Stationery) -> None:
    with pytest.raises(MissingCharacters, match=r"𠮷 \(U\+20BB7\)"):
        render_pdf(receipt(payer="𠮷野家"), stationery=stationery)


def test_invisible_signs_are_left_out(stationery: Stationery) -> None:
    assert "张三丰" in text_of(render_pdf(letter(to="张\u200b三\u202e丰\x07\ufeff"), stationery=stationery))


def test_a_paper_is_in_its_own_language_whatever_the_reader_speaks(stationery: Stationery) -> None:
    from django.utils import translation

    with translation.override("en"):
        made = render_pdf(receipt(note=gettext_lazy("Saved.")), stationery=stationery)
    assert "已保存" in text_of(made)
    assert "交款单位" in text_of(made)
    traditional = render_pdf(receipt(), stationery=stationery, language="zh-hant")
    assert "交款單位" in text_of(traditional)


def test_the_seal_is_put_on_only_where_it_is_asked_for_and_by_those_who_may(stationery: Stationery) -> None:
    plain, sealed = (render_pdf(letter(), sealed=seal, stationery=stationery) for seal in (False, True))
    assert [len(read(made).pages[0].images) for made in (plain, sealed)] == [1, 2]
    with acting_as(Actor("谭一鸣", permissions=frozenset({"papers.view"}))), pytest.raises(NotAllowed):
        render_pdf(letter(), sealed=True, stationery=stationery)


def test_without_a_picture_of_the_seal_nothing_is_sealed(stationery: Stationery) -> None:
    bare = Stationery({**stationery.letterhead, "seal": None, "logo": None})
    with pytest.raises(ValidationError, match="公章"):
        render_pdf(letter(), sealed=True, stationery=bare)
    assert render_pdf(letter(), stationery=bare)
