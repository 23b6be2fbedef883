"""An introduction: one chamber shows interest, the other answers, both give a contact, both report how it ended."""

import datetime
import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from federation.matching.models.profiles import Profile
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.states import Facts, Stateful, WrongState, move

WORKING_DAYS_TO_ANSWER = 5
AFTER_CONTACT = ("contacts_exchanged", "agreed", "no_deal")


def working_days_after(day: datetime.date, count: int) -> datetime.date:
    """Monday to Friday; public holidays are not known here."""
    while count:
        day += datetime.timedelta(days=1)
        count -= day.weekday() < 5
    return day


def answer_by() -> datetime.date:
    return working_days_after(localdate(), WORKING_DAYS_TO_ANSWER)


class InterestQuerySet(TrailedQuerySet):
    """Questions to the introductions."""

    def of_chamber(self, chamber_id: uuid.UUID) -> Self:
        return self.filter(models.Q(from_chamber_id=chamber_id) | models.Q(to_chamber_id=chamber_id))

    def awaiting_answer(self) -> Self:
        states = ExpressionOfInterest.Status
        return self.filter(status__in=[states.SENT, states.MORE_INFO])

    def without_contact(self) -> Self:
        """Open, and neither side has seen the other's contact."""
        states = ExpressionOfInterest.Status
        return self.filter(status__in=[states.SENT, states.MORE_INFO, states.ACCEPTED])

    def showing_contacts(self) -> Self:
        """Those in which both sides see the other's contact now."""
        return self.filter(status__in=AFTER_CONTACT, disclosures__isnull=False).distinct()

    def holding(self) -> Self:
        """Those that take one of the times that an offer can be given."""
        states = ExpressionOfInterest.Status
        return self.filter(status__in=[states.ACCEPTED, states.CONTACTS_EXCHANGED, states.AGREED])

    def given_away(self) -> Any:
        """The keys of offers that are held as often as they can be given."""
        held = self.holding().order_by().values("offer").annotate(times=models.Count("pk"))
        return held.filter(times__gte=models.F("offer__slots")).values_list("offer", flat=True)

    def late(self, *, on: datetime.date) -> Self:
        return self.awaiting_answer().filter(answer_by__lt=on)


class ExpressionOfInterest(Stateful, SharedRecord):
    """From the chamber that took the first step to the other. No contact is seen before both have agreed.

    `ended_at`, `ended_by_id` and `notice`: when one side stepped back, or took its need, its offer or the item back.
    """

    class Status(models.TextChoices):
        SENT = "sent", _("Waiting for an answer")
        MORE_INFO = "more_info", _("More is asked")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        LAPSED = "lapsed", _("Not answered in time")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        CONTACTS_EXCHANGED = "contacts_exchanged", _("In contact")
        AGREED = "agreed", _("Agreement reached")
        NO_DEAL = "no_deal", _("No agreement")

    class Reason(models.TextChoices):
        ALREADY_GIVEN = "already_given", _("Already given away")
        DATES = "dates", _("The dates do not suit")
        NOT_SUITABLE = "not_suitable", _("It is not what was meant")
        CONDITIONS = "conditions", _("The conditions do not suit")
        OTHER = "other", _("Another reason")

    status_levels: ClassVar[dict[str, str]] = {"contacts_exchanged": "success", "agreed": "success"}

    federation_id = models.UUIDField()
    need = models.ForeignKey(Profile, models.PROTECT, related_name="interests_in_need", verbose_name=_("need"))
    offer = models.ForeignKey(Profile, models.PROTECT, related_name="interests_in_offer", verbose_name=_("offer"))
    from_chamber_id = models.UUIDField(db_index=True)
    from_name = models.CharField(_("asking chamber"), max_length=80)
    to_chamber_id = models.UUIDField(db_index=True)
    to_name = models.CharField(_("asked chamber"), max_length=80)
    message = models.TextField(_("message to the other side"), max_length=600, blank=True)
    answer = models.TextField(_("answer"), max_length=600, blank=True)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.SENT, editable=False)
    sent_at = models.DateTimeField(_("sent"), default=now)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answer_by = models.DateField(_("answer by"), default=answer_by)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    ended_by_id = models.UUIDField(null=True, editable=False)
    notice = models.CharField(_("what ended it"), max_length=600, blank=True, editable=False)
    result_yuan = models.DecimalField(_("value in yuan"), max_digits=16, decimal_places=2, null=True)
    result_jobs = models.PositiveIntegerField(_("jobs"), null=True)
    result_note = models.TextField(_("result"), max_length=600, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(InterestQuerySet)()

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "offer"],
                condition=models.Q(
                    status__in=["sent", "more_info", "accepted", "contacts_exchanged"], ended_at__isnull=True
                ),
                name="one_open_introduction_of_a_pair",
            ),
            models.CheckConstraint(
                condition=~models.Q(from_chamber_id=models.F("to_chamber_id")), name="no_introduction_to_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} · {self.offer}"

    def other_chamber(self, chamber_id: uuid.UUID) -> uuid.UUID:
        return self.to_chamber_id if self.from_chamber_id == chamber_id else self.from_chamber_id

    @move(Status.SENT, Status.MORE_INFO, to=Status.ACCEPTED, permission="matching.receive", label=_("Accept"))
    def accept(self, *, answer: str) -> Facts:
        """It takes one of the times that the offer can be given."""
        if self.offer_id in type(self).objects.filter(offer=self.offer_id).given_away():
            raise WrongState(_now("It has been given away as often as it can be."))
        self.answer, self.answered_at = answer, now()
        return None

    @move(Status.SENT, Status.MORE_INFO, to=Status.DECLINED, permission="matching.receive", label=_("Decline"))
    def decline(self, *, reason: str, answer: str) -> Facts:
        self.reason, self.answer, self.answered_at = reason, answer, now()
        return None

    @move(Status.SENT, to=Status.MORE_INFO, permission="matching.receive", label=_("Ask for more"))
    def ask_more(self, *, answer: str) -> Facts:
        self.answer, self.answered_at = answer, now()
        return None

    @move(Status.MORE_INFO, to=Status.SENT, permission="matching.receive", label=_("Tell more"))
    def tell_more(self, *, message: str) -> Facts:
        """The answer is due anew."""
        self.message, self.answer_by = f"{self.message}\n{message}".strip()[:600], answer_by()
        return None

    @move(Status.SENT, Status.MORE_INFO, to=Status.LAPSED, permission="matching.receive", label=_("Let lapse"))
    def lapse(self) -> Facts:
        """Nobody answered within five working days."""

    @move(
        Status.SENT,
        Status.MORE_INFO,
        Status.ACCEPTED,
        to=Status.WITHDRAWN,
        permission="matching.receive",
        label=_("Withdraw"),
    )
    def withdraw(self, *, by: uuid.UUID, notice: str) -> Facts:
        """The need or the offer is gone, or its chamber changed its mind. A contact given already is deleted."""
        self._end(by, notice)
        return None

    @move(
        Status.CONTACTS_EXCHANGED,
        Status.AGREED,
        Status.NO_DEAL,
        to=None,
        permission="matching.receive",
        label=_("Take the contacts back"),
    )
    def take_contacts_back(self, *, by: uuid.UUID, notice: str) -> Facts:
        """Neither side sees the other's any more. What came of it stays, and can still be reported."""
        self._end(by, notice)
        return None

    @move(Status.ACCEPTED, to=Status.CONTACTS_EXCHANGED, permission="matching.receive", label=_("Exchange contacts"))
    def exchange_contacts(self) -> Facts:
        """Only when both sides have disclosed theirs."""
        if self.disclosures.count() < 2:
            raise ContactMissing(str(self.pk))
        return None

    @move(Status.CONTACTS_EXCHANGED, to=Status.AGREED, permission="matching.receive", label=_("Report an agreement"))
    def agree(self, *, yuan: Any, jobs: Any, note: str) -> Facts:
        self.result_yuan, self.result_jobs, self.result_note = yuan, jobs, note
        return None

    @move(Status.CONTACTS_EXCHANGED, to=Status.NO_DEAL, permission="matching.receive", label=_("Report no agreement"))
    def end_without_deal(self, *, note: str) -> Facts:
        self.result_note = note
        return None

    def _end(self, by: uuid.UUID, notice: str) -> None:
        self.ended_at, self.ended_by_id, self.notice = now(), by, notice
        self.disclosures.all().delete()


class ContactMissing(RuntimeError):
    """Contacts are exchanged when both are there, never one by one."""
