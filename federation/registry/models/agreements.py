"""The sharing agreement: what may leave a chamber, item by item, in words that anyone understands."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from federation.registry.items import Item
from federation.registry.models.federations import Federation
from huiguan.records import SharedRecord, TrailedQuerySet


class AgreementQuerySet(TrailedQuerySet):
    """Questions to the agreements."""

    def of(self, federation_id: Any) -> Self:
        """All versions of one federation, each with its clauses."""
        return self.filter(federation_id=federation_id).select_related("federation").prefetch_related("clauses")


class SharingAgreement(SharedRecord):
    """One version. It is never changed: what a chamber accepted stays as it was read."""

    federation = models.ForeignKey(Federation, models.PROTECT, related_name="agreements", verbose_name=_("federation"))
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    introduction = models.TextField(_("preamble"), max_length=4000)
    changes = models.TextField(_("what is new"), max_length=2000, blank=True)
    issued_on = models.DateField(_("issued on"), default=localdate, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(AgreementQuerySet)()

    class Meta:
        verbose_name = _("sharing agreement")
        verbose_name_plural = _("sharing agreement")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["federation", "version"], name="one_agreement_per_version")]

    def __str__(self) -> str:
        return str(_("Sharing agreement, version {version}")).format(version=self.version)


class Clause(SharedRecord):
    """One item of one version: exactly what leaves, why, who reads it, and what follows when it is taken back."""

    agreement = models.ForeignKey(SharingAgreement, models.PROTECT, related_name="clauses")
    item = models.CharField(_("item"), max_length=20, choices=Item)
    leaves = models.TextField(_("what leaves the chamber"), max_length=2000)
    purpose = models.TextField(_("purpose"), max_length=1000)
    readers = models.TextField(_("who reads it"), max_length=1000)
    withdrawal = models.TextField(_("if you take it back"), max_length=1000)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["agreement", "item"], name="one_clause_per_item")]

    def __str__(self) -> str:
        return str(self.get_item_display())
