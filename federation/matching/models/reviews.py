"""The second look at what is published: by another chamber, where the federation wants it. [A.6 federation_review]"""

import datetime
import uuid
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from federation.matching.models.profiles import Profile
from federation.matching.workdays import review_by
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.states import Facts, Stateful, move

RECEIVE = "matching.receive"


class ReviewQuerySet(TrailedQuerySet):
    """Questions to the reviews."""

    def of(self, federation_id: uuid.UUID) -> Self:
        return self.filter(federation_id=federation_id)

    def waiting(self) -> Self:
        return self.filter(status=ProfileReview.Status.WAITING)

    def late(self, *, on: datetime.date) -> Self:
        return self.waiting().filter(due_on__lt=on)


class ProfileReview(Stateful, SharedRecord):
    """One version, read by one chamber that is not its own."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waits for the reader")
        APPROVED = "approved", _("Read and approved")
        RETURNED = "returned", _("Returned with remarks")
        DROPPED = "dropped", _("Overtaken")

    class Remark(models.TextChoices):
        DIRECTION = "direction", _("A need is written as an offer, or the other way round")
        CATEGORY = "category", _("The category does not fit")
        PERSONAL = "personal", _("It names a person or a number")
        SEVERAL = "several", _("It asks for more than one thing")

    federation_id = models.UUIDField()
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="reviews", verbose_name=_("need or offer"))
    version = models.PositiveIntegerField(_("version"))
    reviewer_id = models.UUIDField(db_index=True)
    reviewer_name = models.CharField(_("reader"), max_length=80)
    due_on = models.DateField(_("answer by"), default=review_by)
    remarks = ArrayField(models.CharField(max_length=20, choices=Remark), default=list, blank=True, editable=False)
    note = models.TextField(_("note"), max_length=600, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(ReviewQuerySet)()

    class Meta:
        verbose_name = _("second reading")
        verbose_name_plural = _("second readings")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile"], condition=models.Q(status="waiting"), name="one_reader_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.profile)

    def remark_labels(self) -> list[str]:
        return [str(self.Remark(code).label) for code in self.remarks if code in self.Remark.values]

    @move(Status.WAITING, to=Status.APPROVED, permission=RECEIVE, label=_("Approve"))
    def approve(self, *, note: str) -> Facts:
        self.note, self.decided_at = note, now()
        return None

    @move(Status.WAITING, to=Status.RETURNED, permission=RECEIVE, label=_("Return with remarks"))
    def send_back(self, *, remarks: list[str], note: str) -> Facts:
        self.remarks, self.note, self.decided_at = remarks, note, now()
        return None

    @move(Status.WAITING, to=None, permission=RECEIVE, label=_("Hand on"))
    def hand_on(self, *, reader: tuple[uuid.UUID, str]) -> Facts:
        """The first was silent, or takes no part any more."""
        self.reviewer_id, self.reviewer_name = reader
        self.due_on = review_by()
        return None

    @move(Status.WAITING, to=Status.DROPPED, permission=RECEIVE, label=_("Take from the reader"))
    def drop(self) -> Facts:
        """A newer version is read, or nothing is published any more."""
