"""What a member owes for one year or one service, and how far collecting it has gone. [002 §3 分层沟通, 催缴程序]"""

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.money import FenField
from huiguan.personal import BOOKS, Erased, OnErasure
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move
from tenants.dues.statements.codes import payment_code, shown_code


class ChargeQuerySet(RecordQuerySet):
    """Questions to what is owed."""

    def standing(self) -> "ChargeQuerySet":
        """All that were not cancelled."""
        return self.exclude(status=Charge.Status.CANCELLED)

    def open(self) -> "ChargeQuerySet":
        return self.filter(open_fen__gt=0)

    def overdue(self, on: datetime.date) -> "ChargeQuerySet":
        return self.open().filter(due_on__lt=on)

    def of_year(self, year: int) -> "ChargeQuerySet":
        return self.standing().filter(kind=Charge.Kind.DUES, year=year)


class Charge(Stateful, Record):
    """`open_fen` is the sum of its entries: written by the ledger alone, in the transaction of the entries."""

    erasure = OnErasure(Erased.STAYS, BOOKS)

    class Kind(models.TextChoices):
        DUES = "dues", _("Yearly dues")
        SERVICE = "service", _("Service")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        REMINDED = "reminded", _("Reminded")
        EASED = "eased", _("Instalments or deferral")
        SUSPENDED = "suspended", _("Services suspended")
        TALK = "talk", _("Council talk")
        REMOVAL = "removal", _("Removal proposed")
        SETTLED = "settled", _("Settled")
        CANCELLED = "cancelled", _("Cancelled")

    class Cause(models.TextChoices):
        FORGOTTEN = "forgotten", _("Forgotten")
        DIFFICULTY = "difficulty", _("In difficulty")
        DISSATISFIED = "dissatisfied", _("Dissatisfied")
        UNWILLING = "unwilling", _("No reason given")

    COLLECTING = (Status.OPEN, Status.REMINDED, Status.EASED, Status.SUSPENDED, Status.TALK, Status.REMOVAL)
    status_levels: ClassVar[dict[str, str]] = {
        "open": "neutral", "reminded": "info", "eased": "info", "suspended": "warning", "talk": "warning",
        "removal": "danger", "settled": "success",
    }  # fmt: skip
    move_forms: ClassVar[dict[str, str]] = {"note_cause": "tenants.dues.forms.charges.CauseForm"}

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="charges", verbose_name=_("member"))
    ruleset = models.ForeignKey(
        "dues.Ruleset", models.PROTECT, null=True, related_name="charges", verbose_name=_("dues rules")
    )
    assessment = models.ForeignKey("dues.Assessment", models.PROTECT, null=True, related_name="charges")
    kind = models.CharField(_in("of a charge", "kind"), max_length=10, choices=Kind, default=Kind.DUES)
    year = models.PositiveSmallIntegerField(_in("of dues", "year"))
    level = models.CharField(_in("of dues", "level"), max_length=30, blank=True)
    title = models.CharField(_in("of a charge", "for"), max_length=80, blank=True)
    amount_fen = FenField(_("charged"))
    open_fen = FenField(_("open"), default=0, editable=False)
    serial = models.PositiveIntegerField(unique=True, editable=False)  # what its payment code is made of
    due_on = models.DateField(_in("money", "due"))
    how = models.CharField(_("how it was reckoned"), max_length=200, blank=True)
    cause = models.CharField(_("why it is late"), max_length=12, choices=Cause, blank=True, editable=False)
    cause_noted_on = models.DateField(_("asked on"), null=True, editable=False)
    cause_text = models.CharField(_("what the member said"), max_length=500, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(ChargeQuerySet)()

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        ordering = ["-year", "member__sort_key", "id"]
        indexes = [
            models.Index(fields=["-year", "id"], name="charges_by_year"),
            models.Index(fields=["due_on", "id"], name="charges_open_by_due", condition=models.Q(open_fen__gt=0)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "year"],
                condition=models.Q(kind="dues") & ~models.Q(status="cancelled"),
                name="one_years_dues_per_member",
            ),
            models.CheckConstraint(name="a_charge_is_of_something", condition=models.Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="a_charge_is_never_overpaid",
                condition=models.Q(open_fen__gte=0, open_fen__lte=models.F("amount_fen")),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_now("Dues of {year}").format(year=self.year))

    def payment_code(self) -> str:
        """What a transfer should say, so that it is matched by itself: HF26-0123-45."""
        return shown_code(payment_code(self.year, self.serial))

    payment_code.short_description = _("payment code")  # type: ignore[attr-defined]

    def days_late(self, on: datetime.date | None = None) -> int:
        """Days since it was due, while something is open; else 0."""
        return max(0, ((on or localdate()) - self.due_on).days) if self.open_fen else 0

    days_late.short_description = _("days late")  # type: ignore[attr-defined]

    @move(
        *COLLECTING,
        to=None,
        permission="dues.collect",
        label=_("Note why it is late"),
        description=_("Ask before you press: forgotten, in difficulty or dissatisfied lead to different steps."),
    )
    def note_cause(self, *, cause: str, text: str = "") -> Facts:
        from tenants.dues.listening import follow_up_cause

        self.cause, self.cause_text, self.cause_noted_on = cause, text, localdate()
        follow_up_cause(self)
        return {"cause": cause}

    @move(
        Status.OPEN, Status.REMINDED, to=Status.REMINDED, permission="dues.collect", label=_("Remind now"),
        description=_("A message goes to the member's contact, in the words of the reminder that fits."),
    )  # fmt: skip
    def remind(self) -> Facts:
        """By the rule that fits; at most once a day. Raises ValidationError where nobody can be reached."""
        from tenants.dues.reminding import remind_of, rule_for

        rule = rule_for(self)
        if rule is None:
            raise ValidationError(_now("Write a reminder first: when it goes out, by which channels, in which words."))
        if not remind_of(self, rule, dedupe=f"dues:{self.pk}:{localdate():%Y-%m-%d}"):
            raise ValidationError(_now("“{member}” has no contact with an address for it.").format(member=self.member))
        return {"reminder": rule.name}

    @move(
        Status.OPEN, Status.REMINDED, to=Status.SUSPENDED, permission="dues.collect", label=_("Suspend services"),
        danger=True,
    )  # fmt: skip
    def suspend(self) -> Facts:
        """By the rules, after the days they give."""
        return self._by_the_rules("suspend_after_days")

    @move(Status.SUSPENDED, to=Status.TALK, permission="dues.collect", label=_("Hand to the council for a talk"))
    def call_to_talk(self) -> Facts:
        return self._by_the_rules("talk_after_days")

    @move(Status.TALK, to=Status.REMOVAL, permission="dues.resolve", label=_("Propose removal"), danger=True)
    def propose_removal(self) -> Facts:
        return self._by_the_rules("removal_after_days")

    @move(
        Status.REMINDED, Status.SUSPENDED, Status.TALK, Status.REMOVAL, to=Status.OPEN,
        permission="dues.collect", label=_("Back to the beginning"),
    )  # fmt: skip
    def relent(self, *, reason: str) -> Facts:
        return {"reason": reason}

    def _by_the_rules(self, step: str) -> Facts:
        from tenants.dues.ladder import refuse_too_early

        refuse_too_early(self, step)
        return {"days_late": self.days_late()}
