"""An import of a register: what was read, what was decided about each row, what it made, and how it is undone. [T11]"""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move
from tenants.members.models.members import Member


class RegisterImport(Stateful, Record):
    """One file. Nothing of it is a member until it is applied, and then all of it is."""

    class Status(models.TextChoices):
        READ = "read", _("Being checked")
        APPLIED = "applied", _("Imported")
        UNDONE = "undone", _("Undone")
        DISCARDED = "discarded", _("Discarded")

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.READ, editable=False)
    filename = models.CharField(_("file"), max_length=120)
    digest = models.CharField(max_length=64, editable=False)
    content = models.BinaryField(null=True, editable=False)
    sheets = models.JSONField(default=list, editable=False)
    mapping = models.JSONField(default=dict, editable=False)

    trail_excludes = Record.trail_excludes | {"content", "sheets", "mapping"}

    class Meta:
        verbose_name = _("import of a register")
        verbose_name_plural = _("imports")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.filename

    @move(Status.READ, to=Status.APPLIED, permission="members.import", label=_("Import"))
    def apply(self) -> Facts:
        from tenants.members.importing import applying

        return applying.apply(self)

    @move(Status.APPLIED, to=Status.UNDONE, permission="members.import", label=_("Undo the import"), danger=True)
    def undo(self) -> Facts:
        from tenants.members.importing import undoing

        return undoing.undo(self)

    @move(Status.READ, Status.UNDONE, to=Status.DISCARDED, permission="members.import", label=_("Discard"), danger=True)
    def discard(self) -> Facts:
        self.content = None
        self.rows.all().delete()
        return None

    @move(Status.UNDONE, to=Status.READ, permission="members.import", label=_("Check again"))
    def take_up(self) -> Facts:
        return None

    def counts(self) -> dict[str, int]:
        """Rows by what they became."""
        counted = self.rows.values("row_class").annotate(n=models.Count("id")).order_by()
        return {row["row_class"]: row["n"] for row in counted}


class ImportedRowQuerySet(RecordQuerySet):
    """Questions about the rows of an import."""

    def taken(self) -> "ImportedRowQuerySet":
        return self.filter(decision=ImportedRow.Decision.TAKE)

    def with_questions(self) -> "ImportedRowQuerySet":
        """Rows that a person should look at, and has not."""
        return self.filter(asks=True, is_settled=False)


class ImportedRow(Record):
    """One row of the spreadsheet: what the cells say, what was read from them, what a person decided."""

    is_trailed = False  # what becomes of it is trailed: the import, and each member

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
    fields = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    written = models.JSONField(default=dict)
    extras = models.JSONField(default=dict)
    duplicate_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="duplicates")
    existing = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    decision = models.CharField(max_length=6, choices=Decision)
    asks = models.BooleanField(default=False)
    is_settled = models.BooleanField(default=False)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="imported_from")
    before = models.JSONField(null=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(ImportedRowQuerySet)()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ["order"]
        indexes = [models.Index(fields=["source", "row_class", "order"], name="rows_of_an_import")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"

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
