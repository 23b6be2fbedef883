"""Member cards 会员卡: numbered without gaps, valid as long as the member is in good standing. [S1; 003: 10000 余套]"""

import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.personal import Erased, OnErasure
from huiguan.records import Merged, Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move
from huiguan.together import suspended

SERIES = "benefits.card"


def end_of_year() -> datetime.date:
    return datetime.date(localdate().year, 12, 31)


class CardQuerySet(RecordQuerySet):
    """Questions to the cards."""

    def live(self) -> "CardQuerySet":
        """Those that were neither replaced nor withdrawn."""
        return self.filter(models.Q(status=Card.Status.VALID) | models.Q(status=Card.Status.SUSPENDED))

    def usable(self, on: datetime.date | None = None) -> "CardQuerySet":
        """Those of members that belong to the chamber; who gets no services is left out by `suspended`."""
        valid = self.filter(status=Card.Status.VALID, valid_until__gte=on or localdate())
        return valid.filter(member__status="active", member__merged_into=None)


class Card(Stateful, Record):
    """A lost card is replaced by one with the next number: what the old one shows says so."""

    class Status(models.TextChoices):
        VALID = "valid", _in("of a card", "Valid")
        SUSPENDED = "suspended", _in("of a card", "Suspended")
        REPLACED = "replaced", _in("of a card", "Replaced")
        WITHDRAWN = "withdrawn", _in("of a card", "Withdrawn")

    when_merged = Merged.ONE_STAYS
    erasure = OnErasure(Erased.STAYS, _("Numbers of cards are given out once; of the person the card says nothing."))
    status_levels: ClassVar[dict[str, str]] = {"valid": "success", "suspended": "warning"}

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="cards", verbose_name=_("member"))
    holder = models.CharField(
        _("for which person"), max_length=40, blank=True, help_text=_("Empty is the card of the member itself.")
    )
    year = models.PositiveSmallIntegerField(editable=False)
    number = models.PositiveIntegerField(_in("of a card", "number"), editable=False)
    issued_on = models.DateField(_in("of a card", "issued"), default=localdate, editable=False)
    issued_by = models.CharField(_in("of a card", "by whom"), max_length=120, blank=True, editable=False)
    valid_until = models.DateField(_("valid until"), default=end_of_year)
    run = models.ForeignKey(
        "benefits.CardRun", models.SET_NULL, null=True, blank=True, editable=False, related_name="cards"
    )
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("replaced by")
    )
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.VALID, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(CardQuerySet)()

    class Meta:
        verbose_name = _("member card")
        verbose_name_plural = _("member cards")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_card_of_a_number"),
            models.UniqueConstraint(
                fields=["member", "holder"],
                condition=models.Q(status="valid") | models.Q(status="suspended"),
                name="one_live_card_of_a_holder",
                violation_error_message=_("This person has a card already. Replace it if it was lost."),
            ),
        ]

    def __str__(self) -> str:
        return self.shown_number()

    def shown_number(self) -> str:
        """As it is printed: 2026-000123."""
        return f"{self.year}-{self.number:06}"

    shown_number.short_description = _in("of a card", "number")  # type: ignore[attr-defined]

    def whose(self) -> str:
        """The person and the member, as the card says it."""
        return f"{self.member} · {self.holder}" if self.holder else str(self.member)

    whose.short_description = _("Holder")  # type: ignore[attr-defined]

    def why_not(self) -> str:
        """Why it gives nothing today, in words for whoever looks at it; empty when it does."""
        if self.status != self.Status.VALID:
            return str(NOT_VALID[self.Status(self.status)])
        if self.valid_until < localdate():
            return str(_("This card has expired."))
        if self.member.status != "active" or self.member.merged_into_id:
            return str(_("The holder is no longer a member of this chamber."))
        if self.member_id in suspended([self.member_id]):
            return str(_("The services of this member are suspended for now."))
        return ""

    @move(Status.VALID, to=Status.SUSPENDED, permission="benefits.issue", label=_("Suspend"), danger=True)
    def suspend(self, *, reason: str) -> Facts:
        return {"reason": reason}

    @move(Status.SUSPENDED, to=Status.VALID, permission="benefits.issue", label=_("Make valid again"))
    def restore(self) -> Facts:
        return None

    @move(
        Status.VALID,
        Status.SUSPENDED,
        to=Status.REPLACED,
        permission="benefits.issue",
        label=_("Replace a lost card"),
        danger=True,
        description=_("A card with the next number takes its place; the old QR code is worth nothing from now on."),
    )
    def replace(self) -> Facts:
        """The same holder, the same last day."""
        from tenants.benefits.issuing import replacement

        self.status = self.Status.REPLACED
        self.save(update_fields=["status"])  # before the new one: one holder has one live card
        self.replaced_by = replacement(self)
        return {"number": str(self.replaced_by)}

    @move(
        Status.VALID,
        Status.SUSPENDED,
        to=Status.WITHDRAWN,
        permission="benefits.issue",
        label=_in("a card", "Withdraw"),
        danger=True,
    )
    def withdraw(self, *, reason: str) -> Facts:
        return {"reason": reason}


NOT_VALID = {
    Card.Status.SUSPENDED: _("This card is suspended for now."),
    Card.Status.REPLACED: _("This card was replaced by a new one and is no longer valid."),
    Card.Status.WITHDRAWN: _("This card was withdrawn and is no longer valid."),
}
