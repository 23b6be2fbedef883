"""What the chambers have signed, side by side: as the coordinator reads it, and as it is exported."""

from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from federation.calls.models import AnswerFile, Call, Question, Receipt
from federation.calls.shapes import Kind, decimal_of
from huiguan.screens.exporting import Cell, workbook


class Answered(NamedTuple):
    """`said` as it was signed, empty where nothing stands; `words` as people read it. `file`: while it is kept."""

    question: Question
    said: Any
    words: str
    file: AnswerFile | None = None


class Row(NamedTuple):
    """One chamber's answers in the order of the form."""

    receipt: Receipt
    cells: list[Answered]


class Sheet(NamedTuple):
    """`whole`: the totals, below each question that can be added up."""

    questions: list[Question]
    rows: list[Row]
    whole: list[Answered]

    @property
    def has_totals(self) -> bool:
        return any(total.words for total in self.whole)

    @property
    def standing(self) -> list[Row]:
        """Of the chambers whose answer was neither withdrawn nor returned."""
        return [row for row in self.rows if row.receipt.is_standing]


def sheet_of(call: Call) -> Sheet:
    """Of every chamber that was asked; what was withdrawn or returned does not stand."""
    parts = ["submissions", *(["files"] if any(q.kind == Kind.FILE for q in call.form) else [])]
    receipts = list(call.receipts.order_by("chamber_name").prefetch_related(*parts))
    for receipt in receipts:
        receipt.call = call  # whose form is read once
    rows = [Row(receipt, _cells(call, receipt)) for receipt in receipts]
    return Sheet(call.form, rows, [_whole(q, [row.cells[at].said for row in rows]) for at, q in enumerate(call.form)])


def exported(call: Call) -> bytes:
    """One row a chamber and the totals, as xlsx; figures are figures."""
    sheet = sheet_of(call)
    heading = [_("Chamber"), _("State"), *(f"{q.label}（{q.unit}）" if q.unit else q.label for q in sheet.questions)]
    rows = [
        [row.receipt.chamber_name, str(row.receipt.get_status_display()), *map(_plain, row.cells)] for row in sheet.rows
    ]
    return workbook(heading, [*rows, [_("Total"), "", *map(_plain, sheet.whole)]], title=str(call))


def _cells(call: Call, receipt: Receipt) -> list[Answered]:
    newest = next(iter(receipt.submissions.all()), None) if receipt.is_standing else None
    asks_files = any(q.kind == Kind.FILE for q in call.form)
    files = {file.question_id: file for file in receipt.files.all()} if newest and asks_files else {}
    said = ((q, newest.answers.get(str(q.pk), "") if newest else "") for q in call.form)
    return [Answered(q, answer, q.in_words(answer), files.get(q.pk)) for q, answer in said]


def _whole(question: Question, said: list[Any]) -> Answered:
    """Of the figures that stand; empty for a question that cannot be added up, as a rate."""
    figures = [figure for figure in map(decimal_of, said) if figure is not None]
    if question.kind != Kind.NUMBER or question.unit == "%" or not figures:
        return Answered(question, "", "")
    total = f"{sum(figures, Decimal()):f}"
    return Answered(question, total, question.in_words(total))


def _plain(cell: Answered) -> Cell:
    figure = decimal_of(cell.said) if cell.question.kind == Kind.NUMBER else None
    return cell.words if figure is None else figure
