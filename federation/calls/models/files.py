"""A file of an answer that stands, bytes and all: it comes and goes in the transaction that says so. [decision 0210]"""

import datetime
import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Sum
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from federation.calls.models.questions import Question
from federation.calls.models.receipts import Receipt
from huiguan.records import SharedRecord, TrailedQuerySet

DAYS_KEPT = 730  # after its call was closed


class AnswerFileQuerySet(TrailedQuerySet):
    """Questions to the files of a federation."""

    def total_bytes(self) -> int:
        return int(self.aggregate(all=Sum("size"))["all"] or 0)

    def outlived(self) -> Self:
        """What the report was made of, long ago."""
        return self.filter(receipt__call__closed_at__lt=now() - datetime.timedelta(days=DAYS_KEPT))


class Unopened(models.Manager.from_queryset(AnswerFileQuerySet)):  # type: ignore[misc]
    """Lists do not read the files themselves."""

    def get_queryset(self) -> Any:
        return super().get_queryset().defer("content")


class AnswerFile(SharedRecord):
    """Only of the newest version, and only until it is withdrawn. The trail keeps neither its name nor its words."""

    trail_excludes: ClassVar[frozenset[str]] = SharedRecord.trail_excludes | {"name", "sha256", "content"}

    federation_id = models.UUIDField(editable=False, db_index=True)
    receipt = models.ForeignKey(Receipt, models.CASCADE, related_name="files", verbose_name=_("chamber's answer"))
    question = models.ForeignKey(Question, models.CASCADE, related_name="+", verbose_name=_("question"))
    name = models.CharField(_("file"), max_length=100, editable=False)
    content_type = models.CharField(max_length=80, editable=False)
    size = models.PositiveIntegerField(_("size"), editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    content = models.BinaryField(editable=False)

    objects: ClassVar[Any] = Unopened()

    class Meta:
        verbose_name = _("file of an answer")
        verbose_name_plural = _("files of an answer")
        ordering = ["question__number"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["receipt", "question"], name="calls_file_once_per_question")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address(self.pk)


def address(pk: uuid.UUID) -> str:
    """The one door."""
    return reverse("calls-answer-file", args=[pk])
