"""The authority's own Word and Excel forms: kept once every place is known, filled as the chambers signed."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook, load_workbook

from federation.calls import shapes
from huiguan.tenancy.binding import in_federation

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parents[2] / "data"
FORM = (
    {"label": "引进项目数", "kind": "number", "unit": "个"},
    {"label": "合同引资额", "kind": "number", "unit": "万元"},
    {"label": "典型做法", "kind": "text"},
    {"label": "在建项目", "kind": "table", "parts": shapes.parts_of("table", "项目名称\n合同引资额（万元）")},
)
CHANGDE = ("3", "26800", "会长带队<回湘>考察 & 洽谈。", [{"项目名称": "丝路产业园", "合同引资额": "20000"}])
SHAOYANG = ("2", "12000.5", '=HYPERLINK("http://x")', [{"项目名称": "=1+1", "合同引资额": "9000"}])


@pytest.fixture
def call(sent: Any, answered: Any, changde: Any, shaoyang: Any) -> Any:
    made = sent(*FORM)
    answered(made, changde, *CHANGDE)
    answered(made, shaoyang, *SHAOYANG)
    return made


@pytest.fixture
def add(coordinating: Any) -> Any:
    """Keep a template as the coordinator does."""

    def keep(call: Any, data: bytes, name: str) -> Any:
        from federation.calls import reporting

        with coordinating():
            return reporting.add_template(call=call, content=reporting.examine(SimpleUploadedFile(name, data)))

    return keep


def _filled(template: Any) -> io.BytesIO:
    from federation.calls import reporting

    with in_federation():
        return io.BytesIO(reporting.filled(template))


def _letter(*paragraphs: str) -> bytes:
    made, file = Document(), io.BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(file)
    return file.getvalue()


def _book(*rows: list[str]) -> bytes:
    made, file = Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(file)
    return file.getvalue()


def _cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_authoritys_word_form_is_filled_as_the_chambers_signed(call: Any, add: Any) -> None:
    template = add(call, (DATA / "report_template_a.docx").read_bytes(), "报告.docx")
    made = Document(_filled(template))
    text = "\n".join(p.text for p in made.paragraphs)
    assert "应报商会2家，已报2家；引进项目5个，合同引资额38800.5万元" in text
    assert "会长带队<回湘>考察 & 洽谈。" in text and "{" not in text
    chambers, projects = made.tables
    assert _cells(chambers)[1:] == [
        ["1", "西安市常德商会", "3", "26800"],
        ["2", "陕西省邵阳商会", "2", "12000.5"],
    ]
    assert _cells(projects)[1:] == [["西安市常德商会", "丝路产业园", "20000"], ["陕西省邵阳商会", "=1+1", "9000"]]
    assert "省商务服务中心" in made.sections[0].footer.paragraphs[0].text
    assert made.core_properties.title == "报送招商引资情况"


def test_the_authoritys_excel_form_is_filled_and_its_own_formulas_follow(call: Any, add: Any) -> None:
    template = add(call, (DATA / "report_template_a.xlsx").read_bytes(), "汇总.xlsx")
    book = load_workbook(_filled(template))
    sheet = book["汇总表"]
    assert [[c.value for c in row] for row in sheet["A3:D5"]] == [
        ["西安市常德商会", 3, 26800, "=C3/B3"],
        ["陕西省邵阳商会", 2, 12000.5, "=C4/B4"],
        ["合计", "=SUM(B3:B4)", "=SUM(C3:C4)", "=C5/B5"],
    ]
    assert sheet["B4"].font.italic and sheet.row_dimensions[6].height == 60
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:D1", "A6:D6"}
    assert book["项目清单"]["C4"].value == "=汇总表!C5"


def test_a_chambers_words_never_become_a_formula(call: Any, add: Any) -> None:
    template = add(call, _book(["{{ chamber.q3 }}", "{{ chamber.name }}"], ["{{ q4.项目名称 }}"]), "a.xlsx")
    sheet = load_workbook(_filled(template)).active
    assert [cell.data_type for row in sheet for cell in row if cell.value] == ["s"] * 6
    assert sheet["A2"].value == '\'=HYPERLINK("http://x")' and sheet["A4"].value == "'=1+1"


def test_what_was_withdrawn_or_returned_is_not_reported(call: Any, add: Any, coordinating: Any, changde: Any) -> None:
    template = add(call, _book(["{{ answered }}", "{{ q1 }}"], ["{{ chamber.name }}"]), "a.xlsx")
    with coordinating():
        call.receipts.get(chamber_id=changde.pk).send_back(reason="请核对")
    sheet = load_workbook(_filled(template)).active
    assert [[c.value for c in row if c.value is not None] for row in sheet] == [[1, 2], ["陕西省邵阳商会"]]


def test_a_list_without_items_leaves_one_empty_row(sent: Any, add: Any) -> None:
    template = add(sent(*FORM), _book(["{{ chamber.name }}"], ["合计", "=COUNTA(A1:A1)"]), "a.xlsx")
    sheet = load_workbook(_filled(template)).active
    assert (sheet["A1"].value, sheet["A2"].value, sheet["B2"].value) == (None, "合计", "=COUNTA(A1:A1)")


@pytest.mark.parametrize("make", [lambda *w: _letter(*w), lambda *w: _book(list(w))], ids=["docx", "xlsx"])
def test_places_that_nothing_fills_are_all_named_and_nothing_is_kept(call: Any, add: Any, make: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        add(call, make("{{ q1 }}", "{{ q9 }}", "{{ 投资额 }}"), "a.docx")
    assert [m for m in refused.value.messages if "q9" in m] and [m for m in refused.value.messages if "投资额" in m]
    assert len(refused.value.messages) == 2
    with in_federation():
        assert not call.templates.exists()


HOSTILE = [
    "{{ q1.__class__.__mro__ }}",
    "{{ ''.__class__ }}",
    "{{ title.format }}",
    "{{ chambers[0] }}",
    "{% for x in range(1000000000) %}{% endfor %}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ cycler }}",
    "{% include '/etc/passwd' %}",
    "{% set a = 1 %}",
    "{{ title|upper }}",
    "{% for c in chambers %}{{ c }}{% endfor %}",
    "{% for c in chambers %}{{ c.__class__ }}{% endfor %}",
    "{% macro m() %}{% endmacro %}",
    "{{ self }}",
    "{{ 9 ** 9999999 }}",
    "{{ q1",
]


@pytest.mark.parametrize("written", HOSTILE)
def test_a_hostile_template_is_not_kept(written: str) -> None:
    """In this process: the child is a second wall, not the first."""
    from federation.calls.filling import word
    from federation.calls.filling.vocabulary import Listed, NotATemplate, Values, Vocabulary

    known = Vocabulary(frozenset({"q1", "title"}), {"chambers": Listed(("chamber",), frozenset({"name"}))})
    letter = _letter(written)
    try:
        found = word.look(letter, known)
    except NotATemplate:
        found = None
    assert found is None or found.unknown
    with pytest.raises(NotATemplate):
        word.fill(letter, known, Values({"q1": "1", "title": "t"}, {"chambers": [{"name": "n"}]}))


def test_a_hostile_header_or_property_is_not_kept() -> None:
    from federation.calls.filling import word
    from federation.calls.filling.vocabulary import Vocabulary

    for put in ("header", "title"):
        made, file = Document(), io.BytesIO()
        if put == "header":
            made.sections[0].header.paragraphs[0].text = "{{ cycler.__init__ }}"
        else:
            made.core_properties.title = "{{ cycler }}"
        made.save(file)
        assert word.look(file.getvalue(), Vocabulary(frozenset(), {})).unknown


@pytest.mark.parametrize("place", ["{{ q1 + 1 }}", "{% if q1 %}", "{{ q1", "{{ q1|x }}"])
def test_excel_takes_names_alone(call: Any, add: Any, place: str) -> None:
    with pytest.raises(ValidationError):
        add(call, _book(["{{ q1 }}", place]), "a.xlsx")


def test_the_page_says_what_is_wrong_and_downloads_what_is_right(call: Any, signed_in: Any) -> None:
    client = signed_in("lian")
    url = f"/calls/call/{call.pk}/reports/"
    answer = client.post(f"{url}new/", {"file": SimpleUploadedFile("坏.docx", _letter("{{ q9 }}"))})
    assert "没有内容可填入“q9”" in answer.content.decode()
    form = SimpleUploadedFile("报告.docx", (DATA / "report_template_a.docx").read_bytes())
    page = client.post(f"{url}new/", {"file": form}, follow=True).content.decode()
    assert "引进项目数，各商会合计" in page
    link = page.split('href="/calls/reports/')[1].split('"')[0]
    answer = client.get(f"/calls/reports/{link}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert Document(io.BytesIO(b"".join(answer.streaming_content))).tables
    assert signed_in("qiao").get(f"/calls/reports/{link}").status_code == 403
