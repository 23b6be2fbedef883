"""Kept files, in the chamber's own schema. The content lies in the storage; the row says what it is and whose."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Sum
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.files.purposes import Kind, Purpose, purpose
from huiguan.records import Record, RecordQuerySet

MEGABYTE = 1024 * 1024


class KeptFileQuerySet(RecordQuerySet):
    """Questions to the files of a chamber."""

    def about(self, record: Record, *purposes: str) -> "KeptFileQuerySet":
        """A record's files, in the order they came; of some purposes when these are named."""
        mine = self.filter(about_id=record.pk)
        return (mine.filter(purpose__in=purposes) if purposes else mine).order_by("id")

    def total_bytes(self) -> int:
        found = self.aggregate(all=Sum("size"), small=Sum("small_size"))
        return int((found["all"] or 0) + (found["small"] or 0))


class KeptFile(Record):
    """One file. `about_id` names the record it belongs to and goes with; without one it is the chamber's."""

    trail_excludes: ClassVar[frozenset[str]] = Record.trail_excludes | {"object_name", "small_size", "small_sha256"}

    purpose = models.CharField(_in("of a file", "purpose"), max_length=60, editable=False)
    about_model = models.CharField(max_length=80, blank=True, editable=False)
    about_id = models.UUIDField(null=True, editable=False, db_index=True)
    name = models.CharField(_in("of a file", "name"), max_length=100, editable=False)
    kind = models.CharField(_("kind"), max_length=10, editable=False)
    content_type = models.CharField(max_length=80, editable=False)
    size = models.PositiveBigIntegerField(_in("of a file", "size"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    small_size = models.PositiveIntegerField(default=0, editable=False)
    small_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    object_name = models.CharField(max_length=40, unique=True, editable=False)
    kept_by = models.CharField(_in("of a file", "kept by"), max_length=120, blank=True, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(KeptFileQuerySet)()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def declared(self) -> Purpose:
        """Raises LookupError when no folder declares its purpose any more."""
        return purpose(self.purpose)

    @property
    def is_picture(self) -> bool:
        """Drawn by us, so that a page may show it."""
        return self.kind == Kind.IMAGE

    @property
    def small_name(self) -> str:
        return f"{self.object_name}-small" if self.small_size else ""

    @property
    def object_names(self) -> list[str]:
        return [name for name in (self.object_name, self.small_name) if name]

    def get_absolute_url(self) -> str:
        return address("kept-file", self.pk)

    @property
    def small_url(self) -> str:
        return address("kept-file-small", self.pk)


def address(name: str, argument: Any) -> str:
    """On the chamber's hosts, also for who is asked by no request."""
    return reverse(name, urlconf=settings.URLCONFS["chamber"], args=[argument])


def used_megabytes() -> int:
    """What the bound chamber's files take, begun megabytes counted whole."""
    return megabytes(KeptFile.objects.total_bytes())


def megabytes(size: int) -> int:
    return -(-size // MEGABYTE)
