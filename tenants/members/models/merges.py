"""Two entries that were merged into one, for taking it back; or that a person said are not the same."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.records import Merged, Record
from huiguan.states import Facts, Stateful, move
from tenants.members.models.members import Member


class Merge(Stateful, Record):
    """The entry that goes is not deleted: it is hidden, and keeps what the other has already."""

    class Status(models.TextChoices):
        MERGED = "merged", _in("two entries", "Merged")
        UNDONE = "undone", _in("two entries", "Separated again")
        DISMISSED = "dismissed", _in("two entries", "Not the same")

    when_merged = Merged.STAYS
    trail_excludes = Record.trail_excludes | {"changes", "moved"}
    status_levels: ClassVar[dict[str, str]] = {"merged": "success"}

    kept = models.ForeignKey(Member, models.CASCADE, related_name="+", verbose_name=_("the entry that stays"))
    gone = models.ForeignKey(Member, models.CASCADE, related_name="+", verbose_name=_("the entry that went"))
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.MERGED, editable=False)
    by = models.CharField(_("by whom"), max_length=40, editable=False)
    changes = models.JSONField(default=dict, editable=False)  # by field of the entry that stays: before, after
    moved = models.JSONField(default=dict, editable=False)  # by model and field: keys of the rows that followed

    class Meta:
        verbose_name = _("merge of two entries")
        verbose_name_plural = _("merges of entries")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.gone.name} → {self.kept.name}"

    @move(
        Status.MERGED,
        to=Status.UNDONE,
        permission="members.merge",
        label=_("Separate them again"),
        danger=True,
        description=_("Possible for 30 days. What was changed since then stays as it is."),
    )
    def undo(self) -> Facts:
        from tenants.members.merging import joining

        return joining.undo(self)

    @move(Status.DISMISSED, to=Status.UNDONE, permission="members.merge", label=_("Suggest them again"))
    def reconsider(self) -> Facts:
        return None
