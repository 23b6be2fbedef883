"""Form fields for files: what was chosen is examined with the rest of the form, so that a fault stands beside it.

When the form comes back for whatever reason, the files that were good are still there (`parking`).
"""

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from huiguan.files.contents import Content, examined
from huiguan.files.parking import Parked, fetch, park
from huiguan.files.purposes import purpose

MOST_AT_ONCE = 20


class Taken(NamedTuple):
    """A good file, with the token by which it came when that was at an earlier try."""

    content: Content
    token: str = ""


class Chosen(NamedTuple):
    """What a form sent for a field: files, and tokens of files that came with an earlier try."""

    uploads: list[Any]
    tokens: list[str]


class UploadInput(forms.FileInput):
    """Shows the files of the earlier try as boxes that are ticked: without the tick, one is not wanted any more."""

    template_name = "files/upload.html"
    parked: tuple[Parked, ...] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Chosen:
        several = files.getlist(name) if hasattr(files, "getlist") else [files.get(name)]
        tokens = data.getlist(f"{name}-parked") if hasattr(data, "getlist") else []
        return Chosen([each for each in several if each], tokens)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return {**super().get_context(name, None, attrs), "parked": self.parked}


class UploadField(forms.FileField):
    """`UploadField(purpose="members.card")`: its cleaned value is the Content that `keep_file` takes, or None."""

    widget = UploadInput

    def __init__(self, *, purpose: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.purpose = purpose
        self.taken: list[Taken] = []

    def clean(self, data: Any, initial: Any = None) -> Any:
        """A file that is chosen now takes the place of the earlier one."""
        self._take(data or Chosen([], []))
        self.taken = self.taken[:1]
        return self.taken[0].content if self.taken else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and data is not None and any(data)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        """The browser offers the kinds that are taken."""
        self.widget.attrs["accept"] = purpose(self.purpose).accept
        return _BoundUpload(form, self, field_name)

    def _take(self, chosen: Chosen) -> None:
        """Those that are good are kept in mind when another is not. Raises ValidationError with what is wrong."""
        faults: list[ValidationError] = []
        self.taken = []
        for each in chosen.uploads:
            try:
                self.taken.append(Taken(examined(super().clean(each), purpose(self.purpose))))
            except ValidationError as error:
                faults.append(error)
        earlier = [(fetch(token, self.purpose), token) for token in chosen.tokens]
        self.taken.extend(Taken(content, token) for content, token in earlier if content)
        if any(content is None for content, _token in earlier):
            faults.append(ValidationError(_("What was chosen before is not there any more. Choose it again.")))
        if faults:
            raise ValidationError(faults)
        if self.required and not self.taken:
            raise ValidationError(self.error_messages["required"], code="required")


class SeveralFiles(UploadInput):
    allow_multiple_selected = True


class UploadsField(UploadField):
    """Several files of one purpose at once: its cleaned value is a list of Contents."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Content]:
        chosen: Chosen = data or Chosen([], [])
        if len(chosen.uploads) + len(chosen.tokens) > MOST_AT_ONCE:
            raise ValidationError(_("Choose at most {most} files at once.").format(most=MOST_AT_ONCE))
        self._take(chosen)
        return [each.content for each in self.taken]


class _BoundUpload(BoundField):
    """Drawn again after a try: what was good is put aside for the next one."""

    def as_widget(self, widget: Any = None, attrs: Any = None, only_initial: bool = False) -> Any:
        field: Any = self.field
        if self.form.is_bound and field.taken and not field.widget.parked:
            field.widget.parked = tuple(filter(None, map(_parked, field.taken)))
        return super().as_widget(widget, attrs, only_initial)


def _parked(taken: Taken) -> Parked | None:
    """What was put aside at an earlier try lies there already."""
    content, token = taken
    return Parked(token, content.name, len(content.data)) if token else park(content)
