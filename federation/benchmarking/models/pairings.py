"""A chamber that is behind learns from one that is ahead: asked, agreed, held, rated by both. [federation.md B.5]"""

import datetime
import uuid
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from federation.registry.models import Federation
from huiguan.capability import kpi_label
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.states import Facts, Stateful, move

RECEIVE = "benchmarking.receive"


class PairingQuerySet(TrailedQuerySet):
    """Questions to the pairings."""

    def waiting(self, federation_id: uuid.UUID, code: str) -> Self:
        """The one that has waited longest first."""
        mine = self.filter(federation_id=federation_id, code=code, status=Pairing.Status.WAITING)
        return mine.order_by("created_at", "id")

    def unfinished(self) -> Self:
        return self.exclude(status__in=(Pairing.Status.CLOSED, Pairing.Status.ENDED))

    def taken_on(self, mentor_id: uuid.UUID, *, since: datetime.date) -> int:
        """How many a chamber has been asked to receive, without those that came to nothing."""
        return self.filter(mentor_id=mentor_id, proposed_on__gte=since).count()


class Pairing(Stateful, SharedRecord):
    """Only the two chambers read it: the mentor once it is asked, the mentee who its mentor is once it has agreed."""

    is_trailed = False  # a journal would tell who asked; each of the two has its own words in its ledger

    class Status(models.TextChoices):
        WAITING = "waiting", _("Looking for a chamber")
        PROPOSED = "proposed", _("Asked")
        AGREED = "agreed", _("Agreed")
        REPORTED = "reported", _("It took place")
        TARGETED = "targeted", _("Target agreed")
        CLOSED = "closed", _("Both sides have rated it")
        ENDED = "ended", _("Ended early")

    class Way(models.TextChoices):
        VISIT = "visit", _("A visit")
        ONLINE = "online", _("An hour online")

    UNFINISHED = (Status.WAITING, Status.PROPOSED, Status.AGREED, Status.REPORTED, Status.TARGETED)

    federation = models.ForeignKey(Federation, models.PROTECT, related_name="+")
    code = models.CharField(max_length=10)
    mentee_id = models.UUIDField()
    mentee_name = models.CharField(max_length=80)
    mentor_id = models.UUIDField(null=True)
    mentor_name = models.CharField(max_length=80, blank=True)
    declined_by = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING, editable=False)
    wish = models.CharField(max_length=500, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    proposed_on = models.DateField(null=True)
    held_on = models.DateField(null=True)
    way = models.CharField(max_length=10, choices=Way, blank=True)
    title = models.CharField(max_length=80, blank=True)
    text = models.TextField(max_length=2000, blank=True)
    target = models.FloatField(null=True)
    target_by = models.DateField(null=True)
    mentee_stars = models.PositiveSmallIntegerField(null=True, validators=[MinValueValidator(1), MaxValueValidator(5)])
    mentee_words = models.CharField(max_length=500, blank=True)
    mentor_stars = models.PositiveSmallIntegerField(null=True, validators=[MinValueValidator(1), MaxValueValidator(5)])
    mentor_words = models.CharField(max_length=500, blank=True)
    agreed_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(PairingQuerySet)()

    class Meta:
        verbose_name = _("practice exchange")
        verbose_name_plural = _("practice exchanges")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "code", "mentee_id"],
                condition=models.Q(status="waiting")
                | models.Q(status="proposed")
                | models.Q(status="agreed")
                | models.Q(status="reported")
                | models.Q(status="targeted"),
                name="one_exchange_per_kpi_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return kpi_label(self.code)

    @move(Status.WAITING, to=Status.PROPOSED, permission=RECEIVE, label=_("Ask a chamber"))
    def propose(self, *, mentor_id: uuid.UUID, mentor_name: str) -> Facts:
        """From now on the mentor knows who asks; the mentee does not know whom."""
        self.mentor_id, self.mentor_name, self.proposed_on = mentor_id, mentor_name, localdate()
        return None

    @move(Status.PROPOSED, to=Status.AGREED, permission=RECEIVE, label=_("Agree"))
    def agree(self, *, answer: str = "") -> Facts:
        """From now on the mentee knows who its mentor is."""
        self.answer, self.agreed_on = answer, localdate()
        return None

    @move(Status.PROPOSED, to=Status.WAITING, permission=RECEIVE, label=_("Decline"))
    def decline(self) -> Facts:
        """The mentee never learns that it was asked, and it is not asked for this one again."""
        self.declined_by = [*self.declined_by, str(self.mentor_id)]
        self._forget_mentor()
        return None

    @move(Status.PROPOSED, to=Status.WAITING, permission=RECEIVE, label=_("No longer available"))
    def lose_mentor(self) -> Facts:
        """It shares no longer how it does this."""
        self._forget_mentor()
        return None

    @move(Status.AGREED, to=Status.REPORTED, permission=RECEIVE, label=_("Report the visit"))
    def report(self, *, held_on: datetime.date, way: str, title: str, text: str) -> Facts:
        """By the mentor: that it took place, and the card it leaves behind for the mentee."""
        if held_on > localdate():
            raise ValidationError(_now("This day has not come yet."))
        self.held_on, self.way, self.title, self.text = held_on, way, title, text
        return None

    @move(Status.REPORTED, to=Status.TARGETED, permission=RECEIVE, label=_("Name the target"))
    def take_on(self, *, target: float, target_by: datetime.date) -> Facts:
        """By the mentee: what the two agreed that it wants to reach."""
        self.target, self.target_by = target, target_by
        return None

    @move(Status.TARGETED, to=None, permission=RECEIVE, label=_("Give a rating"))
    def rate(self, *, chamber_id: uuid.UUID, stars: int, words: str = "") -> Facts:
        """1 to 5 stars. Neither reads the other's before both have said theirs."""
        if chamber_id == self.mentee_id:
            self.mentee_stars, self.mentee_words = stars, words
        else:
            self.mentor_stars, self.mentor_words = stars, words
        return None

    @move(Status.TARGETED, to=Status.CLOSED, permission=RECEIVE, label=_("Conclude"))
    def close(self) -> Facts:
        if not self.is_rated_by_both:
            raise ValidationError(_now("Both chambers rate it first."))
        self.closed_on = localdate()
        return None

    @move(*UNFINISHED, to=Status.ENDED, permission=RECEIVE, label=_("End early"))
    def end(self) -> Facts:
        """A mentor that had not answered has given no hour of its half-year for it."""
        if self.status == self.Status.PROPOSED:
            self._forget_mentor()
        return None

    @property
    def is_agreed(self) -> bool:
        """Also of one that ended early after that."""
        return self.agreed_on is not None

    @property
    def is_rated_by_both(self) -> bool:
        return self.mentee_stars is not None and self.mentor_stars is not None

    def _forget_mentor(self) -> None:
        self.mentor_id, self.mentor_name, self.proposed_on = None, "", None
