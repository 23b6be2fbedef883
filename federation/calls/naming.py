"""What a report template may name of a call, what each name stands for, and its value. [F3]

A question is named by its key or its label: `q1`, `引进项目数`. Alone it is all chambers' together.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federation.calls.filling.vocabulary import Listed, Value, Values, Vocabulary
from federation.calls.models import Call, Question
from federation.calls.shapes import Kind, decimal_of
from federation.calls.sheet import Answered, Row, Sheet, sheet_of
from federation.registry.models import Federation
from huiguan.spreadsheets.neutral import ILLEGAL

Column = tuple[str, Callable[[Any], Value]]  # what it means, and its value of one item


@dataclass(frozen=True)
class NamedList:
    """`items` of a sheet; each column by all its names."""

    names: tuple[str, ...]  # how one of them is called, the usual name first
    meaning: str
    columns: Mapping[str, Column]
    items: list[Any]

    def rows(self) -> list[dict[str, Value]]:
        return [{name: of(item) for name, (_meaning, of) in self.columns.items()} for item in self.items]


@dataclass
class Named:
    """Everything that can be named of one call."""

    singles: dict[str, tuple[str, Value]] = field(default_factory=dict)
    lists: dict[str, NamedList] = field(default_factory=dict)

    @property
    def vocabulary(self) -> Vocabulary:
        lists = {name: Listed(found.names, frozenset(found.columns)) for name, found in self.lists.items()}
        return Vocabulary(frozenset(self.singles), lists)

    @property
    def values(self) -> Values:
        singles = {name: value for name, (_meaning, value) in self.singles.items()}
        return Values(singles, {name: found.rows() for name, found in self.lists.items()})

    def meaning(self, name: str) -> str:
        """Of a place as it was found: `q1`, `chambers`, `chambers.q1`."""
        if name in self.singles:
            return self.singles[name][0]
        listed, _dot, column = name.partition(".")
        found = self.lists[listed]
        return found.columns[column][0] if column else found.meaning

    def offered(self) -> Iterator[tuple[str, str]]:
        """What can be written, each by its shortest name: for the page."""
        seen: set[str] = set()
        for name, (meaning, _value) in self.singles.items():
            if meaning not in seen:
                seen.add(meaning)
                yield f"{{{{ {name} }}}}", meaning
        for name, found in self.lists.items():
            if found.meaning not in seen:
                seen.add(found.meaning)
                yield from _offered_of(name, found)


def named_of(call: Call) -> Named:
    """From the answers that stand now."""
    sheet = sheet_of(call)
    made = Named()
    for names, meaning, value in _singles(call, sheet):
        made.singles.update(dict.fromkeys(names, (meaning, value)))
    chambers = _columns_of_chambers(call)
    whole = _("one row for each chamber")
    listed = NamedList(("chamber", "商会"), whole, chambers, sheet.standing)
    made.lists.update({"chambers": listed, "各商会": listed})
    for at, question in enumerate(call.form):
        if question.kind == Kind.TABLE:
            made.lists.update(dict.fromkeys(_names(question), _list_of_table(question, sheet.standing, at)))
    return made


def _names(question: Question) -> tuple[str, str]:
    return question.key, question.label


def _singles(call: Call, sheet: Sheet) -> Iterator[tuple[Iterable[str], str, Value]]:
    federation = Federation.objects.get(pk=call.federation_id)
    yield ("title", "标题"), _("title of the notice"), _clean(call.title)
    yield ("issuer", "发文单位"), _("who issued the notice"), _clean(call.issuer)
    yield ("federation", "联合会"), _("name of the federation"), _clean(federation.name)
    yield ("due_on", "截止日期"), _("the day by which to answer"), date_format(call.due_on, "DATE_FORMAT")
    yield ("today", "今天"), _("the day on which the report is made"), date_format(localdate(), "DATE_FORMAT")
    yield ("asked", "应报商会数"), _("how many chambers were asked"), Decimal(len(sheet.rows))
    yield ("answered", "已报商会数"), _("how many chambers answered"), Decimal(len(sheet.standing))
    for at, question in enumerate(call.form):
        if question.kind != Kind.TABLE:
            together = _("{question}, all chambers together").format(question=question.label)
            yield _names(question), together, _whole(question, sheet, at)


def _whole(question: Question, sheet: Sheet, at: int) -> Value:
    """Figures as their total, choices counted, words below each other with the chamber's name."""
    if question.kind == Kind.NUMBER:
        return decimal_of(sheet.whole[at].said) or Decimal()
    if question.kind == Kind.CHOICE:
        counted = Counter(row.cells[at].words for row in sheet.standing)
        return "；".join(f"{words} {n}" for words, n in counted.items())
    return "\n".join(f"{row.receipt.chamber_name}：{_clean(row.cells[at].words)}" for row in sheet.standing)


def _columns_of_chambers(call: Call) -> dict[str, Column]:
    name: Column = (_("name of the chamber"), lambda row: _clean(row.receipt.chamber_name))
    columns: dict[str, Column] = {"name": name, "名称": name}
    for at, question in enumerate(call.form):
        own = _("{question}, the chamber's own").format(question=question.label)
        columns.update(dict.fromkeys(_names(question), (own, _cell_at(at))))
    return columns


def _cell_at(at: int) -> Callable[[Row], Value]:
    return lambda row: _value(row.cells[at])


def _value(cell: Answered) -> Value:
    figure = decimal_of(cell.said) if cell.question.kind == Kind.NUMBER else None
    return _clean(cell.words) if figure is None else figure


def _list_of_table(question: Question, rows: list[Row], at: int) -> NamedList:
    """Every row of every chamber's table, with the chamber's name."""
    items = [(row.receipt.chamber_name, each) for row in rows for each in row.cells[at].said]
    chamber: Column = (_("name of the chamber"), lambda item: _clean(item[0]))
    columns = {"chamber": chamber, "商会": chamber}
    columns |= {part["name"]: (part["name"], _part_of(part)) for part in question.parts}
    meaning = _("one row for each line of “{question}”").format(question=question.label)
    return NamedList(_names(question), meaning, columns, items)


def _part_of(part: Mapping[str, str]) -> Callable[[Any], Value]:
    def of(item: Any) -> Value:
        said = item[1].get(part["name"], "")
        figure = decimal_of(said) if part["unit"] else None
        return _clean(said) if figure is None else figure

    return of


def _offered_of(name: str, found: NamedList) -> Iterator[tuple[str, str]]:
    yield (
        f"{{%tr for {found.names[0]} in {name} %}} … {{%tr endfor %}}",
        _("{meaning} (Word)").format(meaning=found.meaning),
    )
    seen: set[str] = set()
    for column, (meaning, _of) in found.columns.items():
        if meaning not in seen:
            seen.add(meaning)
            yield f"{{{{ {found.names[0]}.{column} }}}}", meaning


def _clean(words: str) -> str:
    """Without characters that no office file may hold."""
    return ILLEGAL.sub("", words)
