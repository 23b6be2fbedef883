"""The call's form, as the federation built it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from federation.calls import shapes
from federation.calls.queries import Asked, SeenCall
from federation.calls.shapes import Kind, Part
from huiguan.files.forms import UploadField, UploadInput
from tenants.reporting.attaching import PURPOSE

BLANK_ROWS = 3


class AnswerForm(forms.Form):
    """A draft may have gaps; signing may not."""

    def __init__(self, *args: Any, call: SeenCall, hints: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in call.questions:
            field = FIELDS[question.kind](question)
            field.help_text = (hints or {}).get(str(question.id), "")
            if isinstance(field, AttachedField):
                field.hold(self.initial.get(str(question.id)))
            self.fields[str(question.id)] = field

    @property
    def words(self) -> dict[str, Any]:
        """By the question's key; an empty answer is an empty text."""
        return {key: "" if said in (None, []) else said for key, said in self.cleaned_data.items()}


class Attached(NamedTuple):
    """What a form sent for a file: a new one, the token of an earlier try, and whether the one before stays."""

    uploads: list[Any]
    tokens: list[str]
    stays: bool


class AttachedInput(UploadInput):
    """Shows the file that the answer has as a box that is ticked: without the tick it goes."""

    template_name = "reporting/attached.html"
    held: Mapping[str, Any] | None = None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return Attached(*super().value_from_datadict(data, files, name), stays=f"{name}-stays" in data)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "held": self.held}


class AttachedField(UploadField):
    """Its cleaned value is a Content that was chosen now, or what the answer says of the file that it has, or None."""

    widget = AttachedInput

    def hold(self, said: Any) -> None:
        self.widget.held = said if isinstance(said, Mapping) else None

    def clean(self, data: Any, initial: Any = None) -> Any:
        stays = initial if isinstance(initial, Mapping) and data and data.stays else None
        return super().clean(data) or stays


class FigureField(forms.DecimalField):
    """Its cleaned value is text: a figure leaves in the digits that a person read."""

    def clean(self, value: Any) -> Any:
        figure = super().clean(value)
        return "" if figure is None else f"{figure:f}"


class TableInput(forms.Widget):
    """One input a cell, with some rows to spare; saving gives more."""

    template_name = "reporting/table.html"

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__()
        self.parts = parts

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        rows = [self._row(data, name, at) for at in range(shapes.MOST_ROWS)]
        return [row for row in rows if any(row.values())]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}-") for key in data)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-0-0"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        said = value if isinstance(value, list) else []
        number = min(len(said) + BLANK_ROWS, shapes.MOST_ROWS)
        rows = [self._cells(name, at, said[at] if at < len(said) else {}) for at in range(number)]
        headings = [shapes.heading(part) for part in self.parts]
        return {**super().get_context(name, "", attrs), "headings": headings, "rows": rows}

    def _row(self, data: Any, name: str, at: int) -> dict[str, str]:
        given = (data.get(f"{name}-{at}-{column}", "") for column in range(len(self.parts)))
        return {part["name"]: str(said).strip() for part, said in zip(self.parts, given, strict=True)}

    def _cells(self, name: str, at: int, row: dict[str, str]) -> list[dict[str, Any]]:
        return [
            {"name": f"{name}-{at}-{n}", "label": f"{shapes.heading(p)} {at + 1}", "value": row.get(p["name"], "")}
            | {"heading": shapes.heading(p), "is_figure": bool(p["unit"])}
            for n, p in enumerate(self.parts)
        ]


class TableField(forms.Field):
    """Its cleaned value is a list of rows, each by the columns' names; empty rows are left out."""

    widget: TableInput

    def __init__(self, parts: Sequence[Part], **kwargs: Any) -> None:
        super().__init__(widget=TableInput(parts), **kwargs)
        self.parts = parts

    def clean(self, value: Any) -> Any:
        for at, row in enumerate(value, start=1):
            for part in self.parts:
                self._check(part, row[part["name"]], at)
        return super().clean(value)

    def _check(self, part: Part, said: str, row: int) -> None:
        where = {"row": row, "column": part["name"]}
        if len(said) > shapes.LONGEST_CELL:
            raise ValidationError(_("Row {row}, {column}: too long.").format(**where))
        if said and part["unit"] and not shapes.is_figure(said):
            raise ValidationError(_("Row {row}, {column}: write a figure without a unit.").format(**where))


def _figure(question: Asked) -> forms.Field:
    label = f"{question.label}（{question.unit}）" if question.unit else question.label
    return FigureField(label=label, min_value=0, max_digits=16, decimal_places=2, required=False)


def _choice(question: Asked) -> forms.Field:
    names = [(part["name"], part["name"]) for part in question.parts]
    return forms.ChoiceField(label=question.label, choices=[("", gettext_lazy("Choose")), *names], required=False)


def _words(question: Asked) -> forms.Field:
    lines = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=question.label, max_length=shapes.LONGEST_ANSWER, required=False, widget=lines)


def _file(question: Asked) -> forms.Field:
    return AttachedField(purpose=PURPOSE, label=question.label, required=False)


def _table(question: Asked) -> forms.Field:
    return TableField(question.parts, label=question.label, required=False)


FIELDS: dict[str, Callable[[Asked], forms.Field]] = {
    Kind.NUMBER: _figure,
    Kind.CHOICE: _choice,
    Kind.TEXT: _words,
    Kind.TABLE: _table,
    Kind.FILE: _file,
}
