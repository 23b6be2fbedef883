"""A chamber as a customer: who pays, until when it tries, and how far behind it is."""

import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiguan.entitlements import Level
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.states import Facts, Stateful, move

DUN = "billing.dun"  # held by nobody: the system alone moves an account, by what is paid


class AccountQuerySet(TrailedQuerySet):
    def of(self, chamber_id: Any) -> "Account | None":
        return self.filter(chamber_id=chamber_id).first()

    def locked(self, **which: Any) -> "Account":
        """The row is held until the transaction ends: whoever fetches from Stripe after this knows the later state."""
        found: Account = self.select_for_update(of=("self",)).get(**which)
        return found


class Account(Stateful, SharedRecord):
    """One per chamber. The status is the dunning step; it changes only by the moves below."""

    class Status(models.TextChoices):
        OPEN = Level.OPEN.value, _("In order")
        GRACE = Level.GRACE.value, _("Payment is due")
        RESTRICTED = Level.RESTRICTED.value, _("Read-only")
        SUSPENDED = Level.SUSPENDED.value, _("Closed until paid")

    class Payment(models.TextChoices):
        CARD = "card", _("Bank card")
        TRANSFER = "transfer", _("Bank transfer")

    chamber_id = models.UUIDField(unique=True, editable=False)
    name = models.CharField(_("chamber"), max_length=80)
    email = models.EmailField(_("e-mail for invoices"), blank=True)
    payment = models.CharField(_("kind of payment"), max_length=10, choices=Payment, default=Payment.CARD)
    status = models.CharField(_("standing"), max_length=20, choices=Status, default=Status.OPEN, editable=False)
    stripe_customer_id = models.CharField(max_length=80, blank=True, editable=False)
    trial_end = models.DateTimeField(_("trial until"), editable=False)
    behind_since = models.DateTimeField(_("unpaid since"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(AccountQuerySet)()
    status_levels: ClassVar[dict[str, str]] = {"open": "success"}

    class Meta:
        verbose_name = _("billing account")
        verbose_name_plural = _("billing accounts")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["stripe_customer_id"],
                condition=~models.Q(stripe_customer_id=""),
                name="one_account_per_customer",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @move(Status.OPEN, to=Status.GRACE, permission=DUN, label=_("Payment became due"))
    def fall_behind(self, *, since: datetime.datetime) -> Facts:
        self.behind_since = since
        return {"since": since}

    @move(Status.OPEN, Status.GRACE, to=Status.RESTRICTED, permission=DUN, label=_("Made read-only"))
    def restrict(self, *, since: datetime.datetime) -> Facts:
        self.behind_since = since
        return {"since": since}

    @move(
        Status.OPEN, Status.GRACE, Status.RESTRICTED, to=Status.SUSPENDED, permission=DUN, label=_("Closed until paid")
    )
    def suspend(self, *, since: datetime.datetime) -> Facts:
        self.behind_since = since
        return {"since": since}

    @move(Status.RESTRICTED, Status.SUSPENDED, to=Status.GRACE, permission=DUN, label=_("Given more time"))
    def relent(self, *, since: datetime.datetime) -> Facts:
        self.behind_since = since
        return {"since": since}

    @move(Status.GRACE, Status.RESTRICTED, Status.SUSPENDED, to=Status.OPEN, permission=DUN, label=_("Back in order"))
    def recover(self) -> Facts:
        since, self.behind_since = self.behind_since, None
        return {"behind_since": since}
