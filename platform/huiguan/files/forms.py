"""Form fields for files: what was chosen is examined with the rest of the form, so that a fault stands beside it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from huiguan.files.contents import Content, examined
from huiguan.files.purposes import purpose

MOST_AT_ONCE = 20


class UploadField(forms.FileField):
    """`UploadField(purpose="members.card")`: its cleaned value is the Content that `keep_file` takes, or None."""

    widget = forms.FileInput

    def __init__(self, *, purpose: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.purpose = purpose

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        return examined(upload, purpose(self.purpose)) if upload else None

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        """The browser offers the kinds that are taken."""
        self.widget.attrs["accept"] = purpose(self.purpose).accept
        return super().get_bound_field(form, field_name)


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class UploadsField(UploadField):
    """Several files of one purpose at once: its cleaned value is a list of Contents."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Content]:
        uploads = [each for each in (data or []) if each]
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > MOST_AT_ONCE:
            raise ValidationError(_("Choose at most {most} files at once.").format(most=MOST_AT_ONCE))
        return [super(UploadsField, self).clean(each, initial) for each in uploads]
