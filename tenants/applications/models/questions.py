"""What the secretariat asked an applicant, and what it answered."""

from typing import ClassVar

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiguan.actors import current_actor
from huiguan.records import Record
from tenants.applications.models.applications import Application


class Question(Record):
    """One question; its words stay out of the trail, so that they can be erased with the application."""

    trail_excludes: ClassVar[frozenset[str]] = Record.trail_excludes | {"text", "answer"}

    application = models.ForeignKey(Application, models.CASCADE, related_name="questions")
    text = models.TextField(_("question"), max_length=1000)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    by = models.CharField(_("by whom"), max_length=40, blank=True, editable=False)

    class Meta:
        verbose_name = _("question to an applicant")
        verbose_name_plural = _("questions to applicants")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(_("question to an applicant"))

    def save(self, *args: object, **kwargs: object) -> None:
        if self._state.adding:
            self.by = current_actor().name[:40]
        super().save(*args, **kwargs)

    def take(self, answer: str) -> None:
        self.answer, self.answered_at = answer, now()
        self.save(verb="answered")
