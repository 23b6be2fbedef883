"""Dresses Django's form fields: the right class, the right keyboard on a phone, the errors where they belong."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

SEARCHABLE_FROM = 12  # choices; a longer list gets a box to search in
NATIVE_PICKERS: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.TimeInput, "time", "%H:%M"),
)


class FormRenderer(TemplatesSetting):
    """Named by `FORM_RENDERER`, so that `{{ form }}` looks the same everywhere."""

    form_template_name = "kit/form_fields.html"
    field_template_name = "kit/field.html"


def render_control(field: BoundField) -> SafeString:
    """The input of a field with its classes."""
    widget = field.field.widget
    _use_native_picker(widget)
    attrs = _attributes(widget)
    attrs["class"] = " ".join(filter(None, [widget.attrs.get("class"), _class_of(widget), _state_of(field)]))
    return field.as_widget(attrs=attrs)


def render_option(option: Any) -> SafeString:
    """One radio button or checkbox of a group."""
    option.data["attrs"]["class"] = "form-check-input"
    return SafeString(option.tag())


def shape_of(field: BoundField) -> str:
    """How the field is laid out: `switch` (label after the box), `choices` (a group) or `line`."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "switch"
    return "choices" if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple) else "line"


def _use_native_picker(widget: forms.Widget) -> None:
    for kind, input_type, pattern in NATIVE_PICKERS:
        if isinstance(widget, kind):
            vars(widget).update(input_type=input_type, format=pattern)
            return


def _attributes(widget: forms.Widget) -> dict[str, Any]:
    if isinstance(widget, forms.Textarea):
        return {"rows": widget.attrs.get("rows") if widget.attrs.get("rows") not in (None, "10") else 4}
    if isinstance(widget, forms.Select) and _is_long(widget):
        return {"data-searchable": ""}
    return {}


def _is_long(widget: forms.Select) -> bool:
    return widget.allow_multiple_selected or len(list(widget.choices)) > SEARCHABLE_FROM


def _class_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def _state_of(field: BoundField) -> str:
    return "is-invalid" if field.errors else ""
