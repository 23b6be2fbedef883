"""A form that the authority gave for its report, with the places that are filled from the chambers' answers. [F3]"""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from federation.calls.models.calls import Call
from huiguan.records import SharedRecord, TrailedQuerySet


class Unopened(models.Manager.from_queryset(TrailedQuerySet)):  # type: ignore[misc]
    """Lists do not read the files themselves."""

    def get_queryset(self) -> Any:
        return super().get_queryset().defer("content")


class ReportTemplate(SharedRecord):
    """`places`: each placeholder as it is written, and what fills it; found when the file came."""

    class Kind(models.TextChoices):
        DOCX = "docx", "Word"
        XLSX = "xlsx", "Excel"

    trail_excludes: ClassVar[frozenset[str]] = SharedRecord.trail_excludes | {"content", "places"}

    federation_id = models.UUIDField(editable=False, db_index=True)
    call = models.ForeignKey(Call, models.CASCADE, related_name="templates", verbose_name=_("call"))
    name = models.CharField(_("file"), max_length=120)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    content = models.BinaryField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    places = models.JSONField(default=list, editable=False)

    objects: ClassVar[Any] = Unopened()

    class Meta:
        verbose_name = _("report template")
        verbose_name_plural = _("report templates")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.name
