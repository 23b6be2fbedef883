"""Decides what an upload is by looking into it, and refuses what its purpose does not take."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from huiguan.files import images, office
from huiguan.files.names import safe_name
from huiguan.files.purposes import Kind, Purpose
from huiguan.limits import TooMuch, run_limited

DOCUMENT = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.XLSX: f"{DOCUMENT}.spreadsheetml.sheet",
    Kind.DOCX: f"{DOCUMENT}.wordprocessingml.document",
}
EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", **{CONTENT_TYPES[kind]: kind.value for kind in CONTENT_TYPES}}
PDF_END = 2048  # bytes in which a whole PDF says that it ends


@dataclass(frozen=True)
class Content:
    """An upload that was examined: what is kept, and what it is. `small` is a picture for lists."""

    purpose: str
    name: str
    kind: Kind
    content_type: str
    data: bytes
    small: bytes = b""
    width: int | None = None
    height: int | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def small_sha256(self) -> str:
        return hashlib.sha256(self.small).hexdigest() if self.small else ""


def examined(upload: Any, purpose: Purpose) -> Content:
    """Raises ValidationError with a sentence for whoever chose the file."""
    if upload.size > purpose.most_megabytes * 1024 * 1024:
        most = purpose.most_megabytes
        raise ValidationError(_("The file is larger than {most} MB. Choose a smaller one.").format(most=most))
    upload.seek(0)
    data = upload.read()
    if not data:
        raise ValidationError(_("The file is empty."))
    kind = _kind_of(data)
    if kind not in purpose.kinds:
        raise ValidationError(_wrong_kind(purpose))
    if kind == Kind.IMAGE:
        return _picture(data, upload, purpose)
    content_type = CONTENT_TYPES[kind]
    return Content(purpose.name, _name(upload, purpose, content_type), kind, content_type, data)


def _kind_of(data: bytes) -> Kind:
    """Whatever is no document may still be a picture: that is found out by drawing it."""
    if data.startswith(b"%PDF-"):
        if b"%%EOF" not in data[-PDF_END:]:
            raise ValidationError(_("The file is damaged or was cut off. Save it again and choose it again."))
        return Kind.PDF
    if data.startswith(b"PK"):
        return _office(data)
    return Kind.IMAGE


def _office(data: bytes) -> Kind:
    refused = {
        "damaged": _("The file is damaged or was cut off. Save it again and choose it again."),
        "password": _("The file has a password. Save it without one and choose it again."),
        "macros": _("The file contains macros. Save it without them and choose it again."),
        "bomb": _("The file unpacks to far more than a document holds."),
    }
    try:
        found = office.kind_of(data)
    except office.NotTaken as error:
        raise ValidationError(refused[error.reason]) from error
    return Kind(found) if found else Kind.IMAGE


def _picture(data: bytes, upload: Any, purpose: Purpose) -> Content:
    try:
        drawn: images.Drawn = run_limited(
            "huiguan.files.images:draw", data, most_pixels=purpose.most_pixels, is_ink=purpose.is_ink
        )
    except images.NotAPicture as error:
        raise ValidationError(_wrong_kind(purpose)) from error
    except (images.TooManyPixels, TooMuch) as error:
        raise ValidationError(_("The picture is too large. Save it smaller and choose it again.")) from error
    shown = _name(upload, purpose, drawn.content_type)
    pictures = (drawn.content, drawn.small, drawn.width, drawn.height)
    return Content(purpose.name, shown, Kind.IMAGE, drawn.content_type, *pictures)


def _name(upload: Any, purpose: Purpose, content_type: str) -> str:
    return safe_name(str(upload.name or ""), EXTENSIONS[content_type], str(purpose.label))


def _wrong_kind(purpose: Purpose) -> str:
    return _("This is none of the kinds of files that are taken here: {kinds}.").format(kinds=purpose.kinds_in_words)
