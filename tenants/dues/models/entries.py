"""The ledger: every change of what a member owes is an entry. Entries are added, never changed; a mistake is reversed.

Amounts are integer fen. What a member comes to owe is positive, what settles it negative; a member's balance and a
charge's open amount are the sums of their entries, always.
"""

from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.actors import name_in_words
from huiguan.money import FenField
from huiguan.personal import BOOKS, Erased, OnErasure
from huiguan.records import Record, RecordQuerySet


def any_of(field: str, *values: str) -> models.Q:
    """In words that a dump gives back as they were: `IN (…)` comes back otherwise."""
    return reduce(or_, (models.Q(**{field: value}) for value in values))


class EntryQuerySet(RecordQuerySet):
    """Questions to the ledger."""

    def of(self, member_id: Any) -> "EntryQuerySet":
        return self.filter(member_id=member_id)

    def total(self) -> int:
        """The sum in fen: what is owed, negative when the chamber owes."""
        return int(self.aggregate(sum=models.Sum("amount_fen"))["sum"] or 0)

    def credit(self, member_id: Any) -> int:
        """What a member has paid that is for no charge yet, in fen, not negative."""
        return -self.of(member_id).filter(charge=None).total()


class Entry(Record):
    """One line of a member's account. Without a charge it is the member's credit: paid ahead, or too much."""

    erasure = OnErasure(Erased.STAYS, BOOKS)

    is_trailed = False  # the ledger is its own trail: who, when, why; and nothing in it can be changed
    is_added_to_only: ClassVar[bool] = True

    class Kind(models.TextChoices):
        ASSESSED = "assessed", _("Assessed")
        PAID = "paid", _in("of an entry", "Paid")
        WAIVED = "waived", _("Waived")
        OFFSET = "offset", _("Offset by sponsorship")
        REFUNDED = "refunded", _("Paid back")
        MOVED = "moved", _("Credit moved")
        REVERSED = "reversed", _("Reversed")

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="dues_entries", verbose_name=_("member"))
    charge = models.ForeignKey(
        "dues.Charge", models.PROTECT, null=True, related_name="entries", verbose_name=_("charge")
    )
    payment = models.ForeignKey(
        "dues.Payment", models.PROTECT, null=True, related_name="entries", verbose_name=_("payment")
    )
    kind = models.CharField(_in("of an entry", "kind"), max_length=10, choices=Kind)
    amount_fen = FenField(_("amount"))
    currency = models.CharField(max_length=3, default="CNY", editable=False)
    booked_on = models.DateField(_("booked"), default=localdate)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    batch = models.UUIDField(editable=False, db_index=True)  # what was booked together is reversed together
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by_id = models.UUIDField(null=True, editable=False)
    by = models.CharField(_in("of an entry", "by"), max_length=120, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(EntryQuerySet)()

    class Meta:
        verbose_name = _("entry of the ledger")
        verbose_name_plural = _("entries of the ledger")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="an_entry_has_the_sign_of_its_kind",
                condition=any_of("kind", "assessed", "refunded") & models.Q(amount_fen__gt=0)
                | any_of("kind", "paid", "waived", "offset") & models.Q(amount_fen__lt=0)
                | any_of("kind", "moved", "reversed") & ~models.Q(amount_fen=0),
            ),
            models.CheckConstraint(
                name="a_reversal_says_what_it_reverses",
                condition=models.Q(kind="reversed", reverses__isnull=False)
                | ~models.Q(kind="reversed") & models.Q(reverses=None),
            ),
            models.CheckConstraint(
                name="what_is_waived_or_offset_was_charged",
                condition=models.Q(charge__isnull=False) | ~any_of("kind", "waived", "offset"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on:%Y-%m-%d} {self.get_kind_display()}"

    def who(self) -> str:
        return name_in_words(self.by)

    who.short_description = _in("of an entry", "by")  # type: ignore[attr-defined]
