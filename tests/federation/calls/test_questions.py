"""A form of figures, choices, words and tables: built, ordered, answered, and asked again in a next edition."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from federation.calls import shapes
from huiguan.screens.history import history_of
from tests.federation.calls.conftest import receipt_of, seen_by

pytestmark = pytest.mark.django_db
COLUMNS = shapes.parts_of("table", "项目名称\n合同引资额（万元）\n")
FIGURE = {"label": "引进项目数", "kind": "number", "unit": "个"}
TABLE = {"label": "在建项目", "kind": "table", "parts": COLUMNS}
CHOICE = {"label": "有无专班", "kind": "choice", "parts": shapes.parts_of("choice", "有\n无")}
WORDS = {"label": "做法", "kind": "text"}
ROW = {"项目名称": "丝路产业园", "合同引资额": "1200.5"}


def test_a_column_with_a_unit_holds_figures() -> None:
    assert COLUMNS == [{"name": "项目名称", "unit": ""}, {"name": "合同引资额", "unit": "万元"}]
    assert shapes.lines_of(COLUMNS) == "项目名称\n合同引资额（万元）"


@pytest.mark.parametrize(
    ("kind", "parts", "said", "is_taken"),
    [
        ("choice", CHOICE["parts"], "有", True),
        ("choice", CHOICE["parts"], "也许", False),
        ("table", COLUMNS, [ROW], True),
        ("table", COLUMNS, [{**ROW, "合同引资额": ""}], True),
        ("table", COLUMNS, [{**ROW, "合同引资额": "一千"}], False),
        ("table", COLUMNS, [{**ROW, "别的": "x"}], False),
        ("table", COLUMNS, [{"项目名称": "", "合同引资额": ""}], False),
        ("table", COLUMNS, [ROW] * 51, False),
        ("table", COLUMNS, "丝路产业园", False),
        ("table", COLUMNS, [{**ROW, "项目名称": ["x"]}], False),
        ("number", [], ["3"], False),
        ("number", [], "Infinity", False),
        ("text", [], " ", False),
    ],
)
def test_an_answer_fits_the_kind_of_its_question(kind: str, parts: Any, said: Any, is_taken: bool) -> None:
    assert shapes.takes(kind, parts, said) == is_taken


@pytest.mark.parametrize("lines", ["有", "", "有\n有", "\n".join("abcdefghijklm")])
def test_a_choice_has_two_to_twelve_different_lines(written: Any, lines: str) -> None:
    with pytest.raises(ValidationError):
        written({"label": "有无专班", "kind": "choice", "parts": shapes.parts_of("choice", lines)})


def test_every_kind_of_answer_arrives_as_it_was_signed(sent: Any, answered: Any, changde: Any) -> None:
    call = sent(FIGURE, CHOICE, WORDS, TABLE)
    answered(call, changde, "3", "有", "会长带队。", [ROW])
    receipt = receipt_of(call, changde)
    assert receipt.status == "submitted"
    assert list(receipt.submissions.get().answers.values()) == ["3", "有", "会长带队。", [ROW]]
    assert "在建项目：项目名称 丝路产业园，合同引资额 1200.5万元" in receipt.submissions.get().lines


def test_the_ledger_reads_without_identities(sent: Any, answered: Any, at_work: Any, changde: Any) -> None:
    from huiguan.outbox.models import Message

    answered(sent(FIGURE, TABLE), changde, "3", [ROW])
    with at_work(changde):
        told = Message.objects.get(name="reporting.answer_signed").told()
    figure, table = told["answers"]
    assert figure == {"question": "引进项目数", "answer": "3", "unit": "个"}
    assert table["answer"] == [ROW] and table["columns"] == ["项目名称", "合同引资额（万元）"]
    assert "call_id" not in told


def test_a_table_is_filled_in_cell_by_cell_and_previewed(sent: Any, changde: Any, signed_in: Any) -> None:
    call = sent(TABLE)
    name = str(seen_by(changde, call).questions[0].id)
    client = signed_in("qin")
    given = {f"{name}-0-0": "丝路产业园", f"{name}-0-1": "1200.5", f"{name}-1-0": "", f"{name}-1-1": ""}
    page = client.post(f"/reporting/calls/{call.pk}/draft/", given, follow=True).content.decode()
    preview = page[page.index("preview-title") :]
    assert "丝路产业园" in preview and "1200.5" in preview and "合同引资额（万元）" in preview
    page = client.post(f"/reporting/calls/{call.pk}/draft/", {**given, f"{name}-1-1": "约三百"}).content.decode()
    assert "第2行" in page and "约三百" in page


def test_questions_are_moved_changed_and_removed_while_the_call_is_written(written: Any, coordinating: Any) -> None:
    call = written(FIGURE, CHOICE, WORDS)
    with coordinating():
        figure, choice, words = call.questions.all()
        call.raise_question(question_id=words.pk)
        assert [q.label for q in call.questions.all()] == ["引进项目数", "做法", "有无专班"]
        call.raise_question(question_id=figure.pk)
        call.drop_question(question_id=figure.pk)
        call.change_question(question_id=choice.pk, label="专班", kind="text", parts=choice.parts)
        call.ask(**TABLE)
        assert [(q.number, q.key, q.kind) for q in call.questions.all()] == [
            (1, "q3", "text"),
            (2, "q2", "text"),
            (3, "q4", "table"),
        ]
        assert call.questions.get(key="q2").parts == []
        told = [(entry["verb"], entry["about"]) for entry in history_of(call)]
        assert told[:3] == [("添加问题", "在建项目"), ("修改问题", "专班"), ("删除问题", "引进项目数")]


def test_a_form_that_was_sent_is_not_changed(sent: Any, coordinating: Any) -> None:
    from huiguan.states import WrongState

    call = sent(FIGURE)
    with coordinating():
        question = call.questions.get()
        with pytest.raises(WrongState):
            call.ask(**WORDS)
        with pytest.raises(WrongState):
            call.change_question(question_id=question.pk, **WORDS)
        with pytest.raises(WrongState):
            call.drop_question(question_id=question.pk)


def test_the_next_edition_asks_again_and_says_what_has_changed(
    sent: Any, answered: Any, coordinating: Any, at_work: Any, changde: Any
) -> None:
    from tenants.reporting.models import Answer
    from tenants.reporting.prefilling import prefilled

    first = sent(FIGURE, CHOICE)
    answered(first, changde, "3", "有")
    with coordinating():
        first.revise()
        second = first.next_edition
        kept, dropped = second.questions.all()
        second.drop_question(question_id=dropped.pk)
        second.ask(**TABLE)
        with pytest.raises(ValidationError):
            first.revise()
        second.due_on = localdate() + datetime.timedelta(days=9)
        second.save()
        second.send()
        first.refresh_from_db()
    assert first.status == "closed" and kept.key == "q1"
    with at_work(changde):
        seen = seen_by(changde, second)
        said = prefilled(seen, Answer(call_id=seen.id))
    assert seen.is_to_answer and not seen_by(changde, first).is_to_answer
    assert [change[:2] for change in seen.changes] == ["请在", "新增", "不再"]
    assert said.words == {str(seen.questions[0].id): "3"}


def test_an_edition_of_the_same_words_says_that_nothing_has_changed(sent: Any, coordinating: Any, changde: Any) -> None:
    first = sent(FIGURE)
    with coordinating():
        first.revise()
        first.next_edition.send()
    assert seen_by(changde, first.next_edition).changes == ()
