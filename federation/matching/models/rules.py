"""What a federation decides about its matching."""

import uuid
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from huiguan.records import SharedRecord

LISTS_PER_SLOT = 3


class MatchingRules(SharedRecord):
    """One row for a federation that decided anything; the rules of the house hold without it."""

    federation_id = models.UUIDField(unique=True)
    lists_per_slot = models.PositiveSmallIntegerField(
        _("lists of suggestions a week"),
        default=LISTS_PER_SLOT,
        validators=[MaxValueValidator(100)],
        help_text=_("For each time that an offer can be given, so that not all ask the same few. 0: no limit."),
    )

    is_reviewed = models.BooleanField(
        _("a second chamber reads first"),
        default=False,
        help_text=_("Others find a need or an offer once another chamber has read it, within three working days."),
    )

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = _("rules of the matching")
        verbose_name_plural = _("rules of the matching")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def of(cls, federation_id: uuid.UUID) -> Self:
        """The federation's own, or those of the house, not saved."""
        found: Self | None = cls.objects.filter(federation_id=federation_id).first()
        return found or cls(federation_id=federation_id)
