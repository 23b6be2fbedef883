"""A chamber's audit trail, in its own schema."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiguan.entries import TrailEntry, TrailHead


class Entry(TrailEntry):
    """One change 留痕."""

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("audit trail")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["scope", "number"], name="audit_numbers_have_no_double")]
        indexes = [models.Index(fields=["record_id", "-number"], name="audit_of_a_record")]

    def __str__(self) -> str:
        return f"{self.number} · {self.actor} · {self.verb_label()} · {self.record_text}"


class Head(TrailHead):
    """The end of the chain."""
