"""An introduction: one chamber shows interest, the other answers, both give a contact, both report how it ended."""

import datetime
import uuid
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from federation.matching.models import states
from federation.matching.models.profiles import Profile
from federation.matching.models.progress import Progress
from federation.matching.models.states import AFTER_CONTACT, HOLDING, TALKING, UNFINISHED, WITHOUT_CONTACT
from federation.matching.workdays import answer_by
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.states import Facts, WrongState, move

OPEN = (*WITHOUT_CONTACT, *TALKING)


class InterestQuerySet(TrailedQuerySet):
    """Questions to the introductions."""

    def of_chamber(self, chamber_id: uuid.UUID) -> Self:
        return self.filter(models.Q(from_chamber_id=chamber_id) | models.Q(to_chamber_id=chamber_id))

    def awaiting_answer(self) -> Self:
        return self.filter(status__in=[states.Status.SENT, states.Status.MORE_INFO])

    def without_contact(self) -> Self:
        """Open, and neither side has seen the other's contact."""
        return self.filter(status__in=WITHOUT_CONTACT)

    def showing_contacts(self) -> Self:
        """Those in which both sides see the other's contact now."""
        return self.filter(status__in=AFTER_CONTACT, disclosures__isnull=False).distinct()

    def holding(self) -> Self:
        """Those that take one of the times that an offer can be given."""
        return self.filter(status__in=HOLDING)

    def given_away(self) -> Any:
        """The keys of offers that are held as often as they can be given."""
        held = self.holding().order_by().values("offer").annotate(times=models.Count("pk"))
        return held.filter(times__gte=models.F("offer__slots")).values_list("offer", flat=True)

    def stalled(self, *, on: datetime.date) -> Self:
        """In contact, and nobody has said for long how far it is."""
        return self.filter(status__in=UNFINISHED, ended_at__isnull=True, ask_on__lte=on)

    def late(self, *, on: datetime.date) -> Self:
        return self.awaiting_answer().filter(answer_by__lt=on)


class ExpressionOfInterest(Progress, SharedRecord):
    """From the chamber that took the first step to the other. No contact is seen before both have agreed.

    `ended_at`, `ended_by_id` and `notice`: when one side stepped back, or took its need, its offer or the item back.
    """

    Status = states.Status

    class Reason(models.TextChoices):
        ALREADY_GIVEN = "already_given", _("Already given away")
        DATES = "dates", _("The dates do not suit")
        NOT_SUITABLE = "not_suitable", _("It is not what was meant")
        CONDITIONS = "conditions", _("The conditions do not suit")
        OTHER = "other", _("Another reason")

    status_levels: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("contacts_exchanged", "negotiating", "agreed", "delivered"), "info"),
        "confirmed": "success",
        "disputed": "danger",
    }

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
    answered_at = models.DateTimeField(_("first answered"), null=True)
    answer_by = models.DateField(_("answer by"), default=answer_by)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    ended_by_id = models.UUIDField(null=True, editable=False)
    notice = models.CharField(_("what ended it"), max_length=600, blank=True, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(InterestQuerySet)()

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "offer"],
                condition=models.Q(ended_at__isnull=True)
                & reduce(or_, (models.Q(status=state.value) for state in OPEN)),
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
        self.answer, self.answered_at = answer, self.answered_at or now()
        return None

    @move(Status.SENT, Status.MORE_INFO, to=Status.DECLINED, permission="matching.receive", label=_("Decline"))
    def decline(self, *, reason: str, answer: str) -> Facts:
        self.reason, self.answer, self.answered_at = reason, answer, self.answered_at or now()
        return None

    @move(Status.SENT, to=Status.MORE_INFO, permission="matching.receive", label=_("Ask for more"))
    def ask_more(self, *, answer: str) -> Facts:
        self.answer, self.answered_at = answer, self.answered_at or now()
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

    def _end(self, by: uuid.UUID, notice: str) -> None:
        self.ended_at, self.ended_by_id, self.notice = now(), by, notice
        self.disclosures.all().delete()
