"""A chamber's own application to a federation: what became of it stands in the federation's register."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiguan.outbox.delivery import publish
from huiguan.records import Record, TrailWords
from tenants.affiliation.models.affiliations import CHAMBER_WORDS


class Application(Record):
    """Kept because every message that leaves belongs to a record of the chamber."""

    trail_words: ClassVar[TrailWords] = CHAMBER_WORDS

    federation_id = models.UUIDField(editable=False)
    federation_name = models.CharField(_("federation"), max_length=80)
    message = models.TextField(_("a few words"), max_length=2000, blank=True)
    is_withdrawn = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("application to a federation")
        verbose_name_plural = _("applications to federations")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["federation_id"], condition=models.Q(is_withdrawn=False), name="one_application_per_federation"
            )
        ]

    def __str__(self) -> str:
        return self.federation_name

    def send(self, name: str, content: dict[str, Any]) -> None:
        publish(
            self,
            name,
            to=self.federation_id,
            recipient=self.federation_name,
            content=content,
            basis=_now("The chamber asks to join {federation}").format(federation=self.federation_name),
        )
