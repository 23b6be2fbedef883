"""A bank statement that was handed in: its lines, what was found about each, what a person decided, what was booked."""

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.ciphers.fields import EncryptedCharField
from huiguan.money import FenField
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move
from tenants.dues.models.payments import Payment
from tenants.dues.statements.reasons import Reason, sentences


class BankStatement(Stateful, Record):
    """One file. Nothing of it is booked until a person books it, and then everything that was decided is."""

    class Status(models.TextChoices):
        READ = "read", _("Being checked")
        BOOKED = "booked", _in("of a statement", "Booked")
        UNDONE = "undone", _("Undone")
        DISCARDED = "discarded", _("Discarded")

    status_levels: ClassVar[dict[str, str]] = {"read": "info", "booked": "success"}
    trail_excludes = Record.trail_excludes | {"problems"}

    filename = models.CharField(_("file"), max_length=120)
    holder = models.CharField(_("account holder"), max_length=120, blank=True)
    account = EncryptedCharField(_("account"), max_length=40, blank=True)
    first_on = models.DateField(_in("of a statement", "from"), null=True)
    last_on = models.DateField(_in("of a statement", "to"), null=True)
    problems = models.JSONField(default=list, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.READ, editable=False)

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.filename

    @move(
        Status.READ,
        to=Status.BOOKED,
        permission="dues.book",
        label=_in("of a statement", "Book"),
        description=_("Every line that was decided is booked, or none if anything fails."),
    )
    def book(self) -> Facts:
        from tenants.dues import reconciling

        return reconciling.book(self)

    @move(Status.BOOKED, to=Status.UNDONE, permission="dues.book", label=_("Undo the booking"), danger=True)
    def undo(self) -> Facts:
        from tenants.dues import reconciling

        return reconciling.undo(self)

    @move(Status.UNDONE, to=Status.READ, permission="dues.book", label=_("Check again"))
    def take_up(self) -> Facts:
        return None

    @move(Status.READ, Status.UNDONE, to=Status.DISCARDED, permission="dues.book", label=_("Discard"), danger=True)
    def discard(self) -> Facts:
        """The lines go; the same statement can be handed in again."""
        if self.lines.exclude(payment=None).exists():
            raise ValidationError(_now("Lines of it are booked. Undo the booking first."))
        self.lines.all().delete()
        return None


class StatementLineQuerySet(RecordQuerySet):
    """Questions to the lines of a statement."""

    def to_book(self) -> "StatementLineQuerySet":
        return self.filter(decision=StatementLine.Decision.BOOK)

    def with_questions(self) -> "StatementLineQuerySet":
        return self.filter(decision=StatementLine.Decision.ASK)

    def booked_before(self, fingerprints: list[str]) -> set[str]:
        """Which of these transactions an earlier statement brought."""
        booked = self.filter(fingerprint__in=fingerprints, is_booked=True)
        return set(booked.values_list("fingerprint", flat=True))


class StatementLine(Record):
    """`allocations` are {member, year, fen}, negative where money went back; proposed, until a person decides."""

    is_trailed = False  # what becomes of it is trailed: the statement and each payment

    class Decision(models.TextChoices):
        BOOK = "book", _in("of a line", "Book")
        ASK = "ask", _("To be decided")
        LEAVE = "leave", _in("of a line", "Leave")

    statement = models.ForeignKey(BankStatement, models.CASCADE, related_name="lines")
    order = models.PositiveIntegerField()
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField()
    booked_on = models.DateField(_in("of a line", "day"))
    party = models.CharField(_("payer"), max_length=200, blank=True)
    party_account = EncryptedCharField(_("account"), max_length=40, blank=True)
    amount_fen = FenField(_("amount"))
    summary = models.CharField(max_length=300, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    fingerprint = models.CharField(max_length=64, db_index=True)
    match = models.CharField(max_length=6)
    kind = models.CharField(max_length=14)
    reasons = models.JSONField(default=list)
    allocations = models.JSONField(default=list)
    candidates = models.JSONField(default=list)
    surplus_fen = FenField(default=0)
    gross_fen = FenField(null=True)
    payer_member = models.UUIDField(null=True)
    decision = models.CharField(_in("of a line", "decision"), max_length=5, choices=Decision)
    decided_by = models.CharField(max_length=120, blank=True)
    batches = models.JSONField(default=list)  # of the ledger, where money went back
    is_booked = models.BooleanField(default=False)
    payment = models.ForeignKey(Payment, models.SET_NULL, null=True, related_name="lines")

    objects: ClassVar[Any] = models.Manager.from_queryset(StatementLineQuerySet)()

    class Meta:
        verbose_name = _("line of a statement")
        verbose_name_plural = _("lines of a statement")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=models.Q(is_booked=True), name="a_transaction_is_booked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.booked_on:%Y-%m-%d} {self.party}"

    @property
    def paid_fen(self) -> int:
        """What the payer gave: more than came in where the provider kept a fee."""
        return int(self.gross_fen or self.amount_fen)

    def reason(self) -> str:
        """Why, in the reader's language."""
        return sentences([Reason(said["code"], _params(said["params"])) for said in self.reasons])


def kept(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    """Reasons as they are stored: their codes and parts, so that each reader gets them in their own language."""
    return [{"code": each.code, "params": {n: _plain(v) for n, v in each.params}} for each in reasons]


def _plain(value: Any) -> Any:
    return {"day": value.isoformat()} if isinstance(value, datetime.date) else value


def _params(params: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((n, datetime.date.fromisoformat(v["day"]) if isinstance(v, dict) else v) for n, v in params.items())
