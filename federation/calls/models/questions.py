"""One line of a call's form. Its key stays the same from edition to edition, and stands in report templates."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from federation.calls import shapes
from federation.calls.shapes import Kind
from huiguan.offered import offers
from huiguan.records import SharedRecord, TrailWords

LONGEST_PART = 60


class Question(SharedRecord):
    """`parts`: the choices, or the columns of a table. `source` names what chambers find in their own records."""

    trail_words: ClassVar[TrailWords] = {"parts": shapes.lines_of}

    call = models.ForeignKey("calls.Call", models.CASCADE, related_name="questions", verbose_name=_("call"))
    number = models.PositiveSmallIntegerField(_("No."))
    key = models.CharField(_("key"), max_length=8, editable=False)
    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind, default=Kind.NUMBER)
    label = models.CharField(_("question"), max_length=120)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    parts = models.JSONField(_("choices or columns"), default=list, blank=True)
    source = models.CharField(_("from the chamber's records"), max_length=60, blank=True)

    objects: ClassVar[Any]

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["number"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["call", "number"], name="calls_question_numbered_once"),
            models.UniqueConstraint(fields=["call", "key"], name="calls_question_keyed_once"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_long(self) -> bool:
        """Whether its answers take more than a few words."""
        return self.kind in (Kind.TEXT, Kind.TABLE)

    def clean(self) -> None:
        """What a kind has no use for is let go; what it needs must be there. Raises ValidationError."""
        if self.kind != Kind.NUMBER:
            self.unit = self.source = ""
        if self.kind not in shapes.WITH_PARTS:
            self.parts = []
        elif problem := _fault(self.kind, [part["name"] for part in self.parts]):
            raise ValidationError({"parts": problem})
        if self.source and (offer := offers().get(self.source)) and offer.unit:
            self.unit = str(offer.unit)  # the chamber's records count in this one

    def takes(self, said: Any) -> bool:
        return shapes.takes(self.kind, self.parts, said)

    def in_words(self, said: Any) -> str:
        return shapes.in_words(self.kind, self.parts, self.unit, said)

    def source_label(self) -> str:
        offer = offers().get(self.source)
        return str(offer.label) if offer else ""

    @property
    def hint(self) -> str:
        """What the kind adds to the label: unit, choices, columns."""
        return self.unit or "、".join(shapes.heading(part) for part in self.parts)


def _fault(kind: str, names: list[str]) -> str:
    """What is wrong with the names of the parts; empty for nothing."""
    least = 2 if kind == Kind.CHOICE else 1
    if not least <= len(names) <= shapes.MOST_PARTS:
        return _t("Write {least} to {most} lines.").format(least=least, most=shapes.MOST_PARTS)
    if len(set(names)) != len(names):
        return _t("No two lines may be alike.")
    if any(len(name) > LONGEST_PART for name in names):
        return _t("A line is at most {most} characters long.").format(most=LONGEST_PART)
    return ""
