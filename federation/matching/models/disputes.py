"""A dispute over what was agreed, and its mediation by a chamber that is no party. Voluntary: both sides ask for it."""

import uuid
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from federation.matching.models.interests import ExpressionOfInterest
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.states import Facts, Stateful, WrongState, move

RECEIVE = "matching.receive"


class DisputeQuerySet(TrailedQuerySet):
    """Questions to the disputes."""

    def of(self, federation_id: uuid.UUID) -> Self:
        return self.filter(federation_id=federation_id)

    def between(self, chamber_id: uuid.UUID) -> Self:
        """Those of the chamber as a party."""
        is_party = models.Q(interest__from_chamber_id=chamber_id) | models.Q(interest__to_chamber_id=chamber_id)
        return self.filter(is_party)

    def lasting(self) -> Self:
        return self.exclude(status=Dispute.Status.SETTLED).exclude(status=Dispute.Status.UNSETTLED)


class Dispute(Stateful, SharedRecord):
    """`asked_by`: the sides that ask for mediation. [People's Mediation Law, Art. 3: of their own will]"""

    class Status(models.TextChoices):
        OPEN = "open", _("Between the two sides")
        MEDIATION_ASKED = "mediation_asked", _("Mediation asked for")
        MEDIATING = "mediating", _("In mediation")
        SETTLED = "settled", _("Reconciled")
        UNSETTLED = "unsettled", _("Not settled")

    status_levels: ClassVar[dict[str, str]] = {"open": "warning", "mediation_asked": "warning", "mediating": "info"}
    move_forms: ClassVar[dict[str, str]] = {"name_mediator": "federation.matching.forms.MediatorForm"}

    federation_id = models.UUIDField()
    interest = models.ForeignKey(ExpressionOfInterest, models.CASCADE, related_name="disputes")
    raised_by_id = models.UUIDField()
    raised_by_name = models.CharField(_("raised by"), max_length=80)
    raised_at = models.DateTimeField(_("raised"), default=now)
    about = models.TextField(_("what it is about"), max_length=600)
    asked_by = ArrayField(models.UUIDField(), default=list, editable=False)
    mediator_id = models.UUIDField(null=True, editable=False, db_index=True)
    mediator_name = models.CharField(_("mediator"), max_length=80, blank=True, editable=False)
    ending = models.TextField(_("how it ended"), max_length=600, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.OPEN, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(DisputeQuerySet)()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["interest"],
                condition=~models.Q(status="settled") & ~models.Q(status="unsettled"),
                name="one_dispute_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.interest)

    def is_asked_by(self, chamber_id: uuid.UUID) -> bool:
        return chamber_id in self.asked_by

    @property
    def is_lasting(self) -> bool:
        return self.status not in (self.Status.SETTLED, self.Status.UNSETTLED)

    @move(Status.OPEN, to=None, permission=RECEIVE, label=_("Ask for mediation"))
    def ask_for_mediation(self, *, by: uuid.UUID) -> Facts:
        """One side asks; the coordinator looks for a mediator once both have."""
        self.asked_by = [*self.asked_by, by] if by not in self.asked_by else self.asked_by
        return None

    @move(Status.OPEN, to=Status.MEDIATION_ASKED, permission=RECEIVE, label=_("Both ask for mediation"))
    def hand_to_coordinator(self) -> Facts:
        if len(self.asked_by) < 2:
            raise WrongState(_now("Mediation needs both sides."))
        return None

    @move(
        Status.MEDIATION_ASKED,
        Status.MEDIATING,
        to=Status.MEDIATING,
        permission="matching.mediate",
        label=_("Name a mediator"),
        description=_("A chamber that is no party. It is asked among its tasks and reports how it ended."),
    )
    def name_mediator(self, *, mediator: tuple[uuid.UUID, str]) -> Facts:
        """Another may be named while the first has not reported."""
        if mediator[0] in (self.interest.from_chamber_id, self.interest.to_chamber_id):
            raise ValidationError(_now("A party is no mediator."))
        self.mediator_id, self.mediator_name = mediator
        return None

    @move(
        Status.OPEN,
        Status.MEDIATION_ASKED,
        Status.MEDIATING,
        to=Status.SETTLED,
        permission=RECEIVE,
        label=_("Settle"),
    )
    def settle(self, *, ending: str) -> Facts:
        """By the sides themselves, or with the mediator's help."""
        self.ending = ending
        return None

    @move(
        Status.OPEN,
        Status.MEDIATION_ASKED,
        Status.MEDIATING,
        to=Status.UNSETTLED,
        permission=RECEIVE,
        label=_("Report without settlement"),
    )
    def give_up(self, *, ending: str) -> Facts:
        """The mediator says so, or a side takes no part in the matching any more."""
        self.ending = ending
        return None

    @move(Status.MEDIATING, to=Status.MEDIATION_ASKED, permission=RECEIVE, label=_("Lose the mediator"))
    def lose_mediator(self) -> Facts:
        """It takes no part in the matching any more; the coordinator names another."""
        self.mediator_id, self.mediator_name = None, ""
        return None
