"""The rows of an import: what was read, what was decided about each, what it made. [T11]"""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiguan.ciphers.fields import EncryptedJSONField
from huiguan.personal import Erased, OnErasure
from huiguan.records import Record, RecordQuerySet
from tenants.members.models.imports import RegisterImport
from tenants.members.models.members import Member


class ImportedRowQuerySet(RecordQuerySet):
    """Questions about the rows of an import."""

    def taken(self) -> "ImportedRowQuerySet":
        return self.filter(decision=ImportedRow.Decision.TAKE)

    def completing(self) -> "ImportedRowQuerySet":
        """Rows of those who are members already."""
        return self.filter(decision=ImportedRow.Decision.MERGE).exclude(existing=None)

    def remove(self) -> None:
        """All of an import, unread: of rows nothing is told in the trail, and nothing else hangs on them."""
        self._raw_delete(self.db)

    def with_questions(self) -> "ImportedRowQuerySet":
        """Rows that a person should look at, and has not."""
        return self.filter(asks=True, is_settled=False)


class ImportedRow(Record):
    """One row of the spreadsheet: what the cells say, what was read from them, what a person decided."""

    is_trailed = False  # what becomes of it is trailed: the import, and each member
    erasure = OnErasure(Erased.BLANKED, also=("fields", "problems", "written", "extras"))

    class Decision(models.TextChoices):
        TAKE = "take", _("Import")
        MERGE = "merge", _("Merge")
        SKIP = "skip", _("Leave out")

    source = models.ForeignKey(RegisterImport, models.CASCADE, related_name="rows")
    order = models.PositiveIntegerField()
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField()
    row_class = models.CharField(max_length=14)
    reason = models.CharField(max_length=40, blank=True)
    fields = EncryptedJSONField(default=dict)
    problems = EncryptedJSONField(default=list)
    written = EncryptedJSONField(default=dict)
    extras = EncryptedJSONField(default=dict)
    duplicate_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="duplicates")
    existing = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    decision = models.CharField(max_length=6, choices=Decision)
    asks = models.BooleanField(default=False)
    is_settled = models.BooleanField(default=False)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="imported_from")
    before = EncryptedJSONField(null=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(ImportedRowQuerySet)()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ["order"]
        indexes = [models.Index(fields=["source", "row_class", "order"], name="rows_of_an_import")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"

    @classmethod
    def of_person(cls, person: Any) -> models.Q:
        """What the cells of the member's row said may name any of its people."""
        return models.Q(member__in={contact.member_id for contact in person.contacts})

    @property
    def name(self) -> str:
        return str(self.fields.get("name", "")) or "—"

    @property
    def summary(self) -> str:
        """What was read, in one line."""
        people = [c.get("name") or c.get("written_as", "") for c in self.fields.get("contacts", [])]
        parts = [
            *self.fields.get("positions", []),
            *people,
            *self.fields.get("phones", []),
            self.fields.get("joined", ""),
        ]
        return "　".join(part for part in parts if part)

    @property
    def questions(self) -> list[dict[str, Any]]:
        return [problem for problem in self.problems if problem["asks"]]
