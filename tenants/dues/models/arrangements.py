"""What eases a charge: a waiver, a deferral, instalments; proposed by the secretariat, granted by a body.

[002 §3: 对于确有困难的,可酌情考虑分期或缓交 … 经理事会同意,允许其分两期缴纳]
"""

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.bodies import Body
from huiguan.kit.formats import money
from huiguan.money import FenField
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move
from tenants.dues.models.charges import Charge
from tenants.dues.models.entries import any_of


class ArrangementQuerySet(RecordQuerySet):
    """Questions to what was granted."""

    def waiting(self) -> "ArrangementQuerySet":
        return self.filter(status=Arrangement.Status.PROPOSED)

    def unfinished(self) -> "ArrangementQuerySet":
        """Deferrals and instalments that were proposed or granted."""
        statuses = [Arrangement.Status.PROPOSED, Arrangement.Status.GRANTED]
        return self.filter(status__in=statuses).exclude(kind=Arrangement.Kind.WAIVER)

    def running(self) -> "ArrangementQuerySet":
        return self.filter(status=Arrangement.Status.GRANTED)


class Arrangement(Stateful, Record):
    """One easing of one charge. A waiver settles it; the others leave it open under new dates."""

    class Kind(models.TextChoices):
        WAIVER = "waiver", _("Waiver")
        DEFERRAL = "deferral", _("Deferral")
        INSTALMENTS = "instalments", _("Instalments")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _in("of an arrangement", "Refused")
        KEPT = "kept", _("Kept")
        BROKEN = "broken", _("Not kept")

    status_levels: ClassVar[dict[str, str]] = {
        "proposed": "info", "granted": "success", "kept": "success", "broken": "warning"
    }  # fmt: skip
    move_forms: ClassVar[dict[str, str]] = {"grant": "tenants.dues.forms.arrangements.ResolutionForm"}

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="arrangements", verbose_name=_("charge"))
    kind = models.CharField(_in("of an arrangement", "kind"), max_length=12, choices=Kind)
    amount_fen = FenField(_("amount"), null=True, blank=True, validators=[MinValueValidator(1)])  # of a waiver
    until = models.DateField(_("put off until"), null=True, blank=True)  # of a deferral
    reason = models.CharField(_("reason"), max_length=500)
    body = models.CharField(_("resolved by"), max_length=20, choices=Body, blank=True, editable=False)
    resolution = models.CharField(_("resolution"), max_length=80, blank=True, editable=False)
    resolved_on = models.DateField(_("resolved on"), null=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PROPOSED, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(ArrangementQuerySet)()

    class Meta:
        verbose_name = _("easing")
        verbose_name_plural = _("waivers, deferrals and instalments")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["charge"],
                condition=any_of("status", "proposed", "granted") & ~models.Q(kind="waiver"),
                name="one_easing_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.charge}"

    @move(Status.PROPOSED, to=Status.GRANTED, permission="dues.resolve", label=_("Record as granted"))
    def grant(self, *, body: str, resolution: str, resolved_on: datetime.date) -> Facts:
        from tenants.dues import ledger

        self.body, self.resolution, self.resolved_on = body, resolution, resolved_on
        if self.kind == self.Kind.WAIVER:
            ledger.waive(self.charge, fen=self.amount_fen or 0, reason=f"{self.reason}（{resolution}）"[:200])
        else:
            self._ease()
        return {"resolution": resolution}

    @move(Status.PROPOSED, to=Status.REFUSED, permission="dues.resolve", label=_("Record as refused"), danger=True)
    def refuse(self, *, reason: str) -> Facts:
        return {"reason": reason}

    @move(Status.GRANTED, to=Status.BROKEN, permission="dues.collect", label=_("Not kept"), danger=True)
    def break_off(self) -> Facts:
        """The charge goes back to where charges that are late stand."""
        if self.kind == self.Kind.WAIVER:
            raise ValidationError(_now("What was waived stays waived. Reverse the entry if it was a mistake."))
        charge = Charge.objects.select_for_update().get(pk=self.charge_id)
        if charge.status == Charge.Status.EASED:
            charge.status = Charge.Status.OPEN
            charge.save(verb="easing_ended")
        return None

    def next_due(self) -> datetime.date | None:
        """The first date that is not covered by what was paid."""
        parts = list(self.instalments.all())
        paid = sum(part.amount_fen for part in parts) - self.charge.open_fen
        for part in parts:
            paid -= part.amount_fen
            if paid < 0:
                return part.due_on  # type: ignore[no-any-return]
        return self.until

    def _ease(self) -> None:
        charge = Charge.objects.select_for_update().get(pk=self.charge_id)
        last = max((part.due_on for part in self.instalments.all()), default=self.until)
        if not charge.open_fen or last is None or last < localdate():
            raise ValidationError(_now("The new date has passed, or nothing is open any more."))
        charge.due_on, charge.status = last, Charge.Status.EASED
        charge.save(verb="eased")


class Instalment(Record):
    """A part of a charge and the day it is due."""

    arrangement = models.ForeignKey(Arrangement, models.CASCADE, related_name="instalments")
    due_on = models.DateField(_in("money", "due"))
    amount_fen = FenField(_("amount"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return f"{self.due_on:%Y-%m-%d} · {money(self.amount_fen)}"
