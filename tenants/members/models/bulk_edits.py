"""One field of many members changed at once, kept so that it can be taken back."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.records import Record
from huiguan.screens.fields import label_of
from huiguan.states import Facts, Stateful, move
from tenants.members.models.members import Member


class BulkEdit(Stateful, Record):
    """`before` holds what each member said until then, by its key."""

    class Status(models.TextChoices):
        DONE = "done", _in("many changes", "Done")
        UNDONE = "undone", _in("many changes", "Taken back")

    trail_excludes = Record.trail_excludes | {"before", "value"}
    status_levels: ClassVar[dict[str, str]] = {"done": "success"}

    field = models.CharField(max_length=40, editable=False)
    value = models.JSONField(null=True, editable=False)
    before = models.JSONField(default=dict, editable=False)
    said = models.CharField(_("new value"), max_length=200, blank=True, editable=False)
    number = models.PositiveIntegerField(_("members changed"), default=0, editable=False)
    by = models.CharField(_("by whom"), max_length=40, editable=False)
    status = models.CharField(_("status"), max_length=6, choices=Status, default=Status.DONE, editable=False)

    class Meta:
        verbose_name = _("change of many members")
        verbose_name_plural = _("changes of many members")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.what()}：{self.said or '—'}"

    def what(self) -> str:
        """The name of the field."""
        known: Any = {field.name for field in Member._meta.concrete_fields}
        return label_of(Member, self.field) if self.field in known else self.field

    what.short_description = _in("many changes", "What")  # type: ignore[attr-defined]

    @move(
        Status.DONE,
        to=Status.UNDONE,
        permission="members.change",
        label=_("Take the change back"),
        danger=True,
        description=_("Members that were changed again since then stay as they are."),
    )
    def undo(self) -> Facts:
        from tenants.members import bulk_editing

        return bulk_editing.undo(self)
