"""An import of a register: a file, what becomes of it, and what the worker was asked to do with it. [T11]"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiguan.actors import current_actor
from huiguan.ciphers.fields import EncryptedBinaryField
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move

MOST_ROWS_AT_ONCE = 1000


class Unopened(models.Manager.from_queryset(RecordQuerySet)):  # type: ignore[misc]
    """The file itself is fetched when it is asked for, not with every list and every move."""

    def get_queryset(self) -> Any:
        return super().get_queryset().defer("content")


class RegisterImport(Stateful, Record):
    """One file. Nothing of it is a member until it is applied, and then all of it is."""

    class Status(models.TextChoices):
        READ = "read", _("Being checked")
        APPLIED = "applied", _("Imported")
        UNDONE = "undone", _("Undone")
        DISCARDED = "discarded", _("Discarded")

    class Job(models.TextChoices):
        """What the worker was asked to do and has not done: a row first, so that it is not lost with a wake-up."""

        READ = "read", _("Being read")
        APPLY = "apply", _("Being imported")
        UNDO = "undo", _("Being undone")

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.READ, editable=False)
    filename = models.CharField(_("file"), max_length=120)
    digest = models.CharField(max_length=64, editable=False)
    content = EncryptedBinaryField(null=True, editable=False)
    sheets = models.JSONField(default=list, editable=False)
    mapping = models.JSONField(default=dict, editable=False)
    job = models.CharField(_("work under way"), max_length=5, choices=Job, blank=True, editable=False)
    asked_by = models.UUIDField(null=True, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    failure = models.CharField(_("what hindered it"), max_length=500, blank=True, editable=False)

    objects: ClassVar[Any] = Unopened()
    trail_excludes = Record.trail_excludes | {"content", "sheets", "mapping", "asked_by", "asked_at"}

    class Meta:
        verbose_name = _("import of a register")
        verbose_name_plural = _("imports")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.filename

    @move(Status.READ, to=Status.APPLIED, permission="members.import", label=_("Import"))
    def apply(self) -> Facts:
        from tenants.members.importing import applying

        self.job = self.failure = ""
        return applying.apply(self)

    @move(Status.READ, to=None, permission="members.import", label=_("Begin the import"))
    def apply_later(self) -> Facts:
        """What is long is done by the worker."""
        return self.hand_over(self.Job.APPLY)

    @move(Status.APPLIED, to=Status.UNDONE, permission="members.import", label=_("Undo the import"), danger=True)
    def undo(self) -> Facts:
        from tenants.members.importing import undoing

        self.job = self.failure = ""
        return undoing.undo(self)

    @move(Status.APPLIED, to=None, permission="members.import", label=_("Begin to undo the import"), danger=True)
    def undo_later(self) -> Facts:
        return self.hand_over(self.Job.UNDO)

    @move(Status.READ, Status.APPLIED, to=None, permission="members.import", label=_("Call it off"), danger=True)
    def call_off(self) -> Facts:
        """Takes back what the worker was asked and has not done: it waits here for the end of what it has begun."""
        if not self.job:
            raise ValidationError(_("It was done in the meantime."))
        self.job = ""
        return None

    @move(Status.READ, Status.UNDONE, to=Status.DISCARDED, permission="members.import", label=_("Discard"), danger=True)
    def discard(self) -> Facts:
        self.content, self.job = None, ""
        self.rows.all().remove()
        return None

    @move(Status.UNDONE, to=Status.READ, permission="members.import", label=_("Check again"))
    def take_up(self) -> Facts:
        return None

    def hand_over(self, job: "RegisterImport.Job") -> Facts:
        """Part of a change that locks and saves: the worker is woken when that is committed."""
        from tenants.members.importing import jobs

        if self.job:
            raise ValidationError(_("Work on this import is under way."))
        self.job, self.failure = job, ""
        self.asked_by, self.asked_at = current_actor().person_id, now()
        transaction.on_commit(lambda: jobs.wake(self), robust=True)
        return None

    @property
    def is_long(self) -> bool:
        """Whether a person would have to wait for it: then it is the worker's, and the page shows how far it is."""
        return self.rows.count() > MOST_ROWS_AT_ONCE

    def counts(self) -> dict[str, int]:
        """Rows by what they became."""
        counted = self.rows.values("row_class").annotate(n=models.Count("id")).order_by()
        return {row["row_class"]: row["n"] for row in counted}
