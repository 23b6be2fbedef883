"""What files are kept for: each purpose says what it takes, and which permission reads it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Kind(StrEnum):
    """Told by the content, never by the name."""

    IMAGE = "image"
    PDF = "pdf"
    XLSX = "xlsx"
    DOCX = "docx"
    ZIP = "zip"  # made by the house of its own papers; never taken from anybody


WORDS: dict[Kind, Text] = {
    Kind.IMAGE: _("pictures (JPEG, PNG, WebP, HEIC)"),
    Kind.PDF: "PDF",
    Kind.XLSX: _("Excel (.xlsx)"),
    Kind.DOCX: _("Word (.docx)"),
    Kind.ZIP: _("packed papers (.zip)"),
}
ACCEPTED = {Kind.IMAGE: "image/*", Kind.PDF: ".pdf", Kind.XLSX: ".xlsx", Kind.DOCX: ".docx", Kind.ZIP: ".zip"}
PICTURES = frozenset({Kind.IMAGE})
DOCUMENTS = frozenset(Kind) - {Kind.ZIP}


@dataclass(frozen=True)
class Purpose:
    """`visits.photo`: declared by the folder whose records have such files.

    `permission` reads them; whoever keeps one has checked that they may. A picture is drawn again with at most
    `most_pixels` on its longer side; `is_ink` makes its paper transparent, as for a seal that lies over words.
    """

    name: str
    label: Text
    permission: str
    kinds: frozenset[Kind] = PICTURES
    most_megabytes: int = 15
    most_pixels: int = 2000
    is_ink: bool = False

    @property
    def accept(self) -> str:
        """For the browser's file picker."""
        return ",".join(ACCEPTED[kind] for kind in Kind if kind in self.kinds)

    @property
    def kinds_in_words(self) -> str:
        return str(_(", ")).join(str(WORDS[kind]) for kind in Kind if kind in self.kinds)


def purpose(name: str) -> Purpose:
    """Raises LookupError when no folder declares it (any more)."""
    from huiguan.capability import capabilities

    found = (p for c in capabilities() for p in c.files if p.name == name)
    for each in found:
        return each
    raise LookupError(name)
