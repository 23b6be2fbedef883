"""The two ways in: the federation invites a chamber, or a chamber applies. Both end in the chamber's own consent."""

import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from federation.registry.models.federations import Federation
from federation.registry.models.places import FromRegion
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.states import Facts, Stateful, move
from huiguan.tenancy.models import Chamber

DAYS_TO_ANSWER = 60


def last_day() -> datetime.date:
    return localdate() + datetime.timedelta(days=DAYS_TO_ANSWER)


class InvitationQuerySet(TrailedQuerySet):
    """Questions to the invitations."""

    def open(self, *, on: datetime.date) -> Self:
        """Those that can still be answered on a day."""
        return self.filter(status=MembershipInvitation.Status.INVITED, expires_on__gte=on)


class MembershipInvitation(Stateful, SharedRecord):
    """Offered to one chamber. Only its secretary-general can accept it, and says which items."""

    class Status(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Turned down")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    federation = models.ForeignKey(Federation, models.PROTECT, related_name="invitations", verbose_name=_("federation"))
    chamber_id = models.UUIDField(db_index=True)
    chamber_name = models.CharField(_("chamber"), max_length=80)
    message = models.TextField(_("a few words"), max_length=2000, blank=True)
    expires_on = models.DateField(_("answer by"), default=last_day)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.INVITED, editable=False)
    answer = models.TextField(_("answer"), max_length=500, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(InvitationQuerySet)()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "chamber_id"], condition=models.Q(status="invited"), name="one_open_invitation"
            )
        ]

    def __str__(self) -> str:
        return self.chamber_name

    def invited_on(self) -> datetime.date:
        return localtime(self.created_at).date()

    invited_on.short_description = _("Invited on")  # type: ignore[attr-defined]

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.INVITED and self.expires_on >= localdate()

    @move(Status.INVITED, to=Status.ACCEPTED, permission="registry.receive", label=_("Accept"))
    def accept(self) -> Facts:
        """Said by the chamber, when its message of joining arrives."""

    @move(Status.INVITED, to=Status.DECLINED, permission="registry.receive", label=_("Decline"))
    def decline(self, *, reason: str) -> Facts:
        """Said by the chamber."""
        self.answer = reason
        return None

    @move(Status.INVITED, to=Status.WITHDRAWN, permission="registry.change", label=_("Withdraw"), danger=True)
    def withdraw(self) -> Facts:
        """The chamber no longer sees it."""


class Application(FromRegion, Stateful, SharedRecord):
    """A chamber asks to join. Admitting it opens an invitation: the chamber still reads the agreement item by item."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        ADMITTED = "admitted", _("Admitted")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    federation = models.ForeignKey(
        Federation, models.PROTECT, related_name="applications", verbose_name=_("federation")
    )
    chamber_id = models.UUIDField(db_index=True)
    chamber_name = models.CharField(_("chamber"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=Chamber.Kind, default=Chamber.Kind.NATIVE_PLACE)
    message = models.TextField(_("a few words"), max_length=2000, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RECEIVED, editable=False)
    answer = models.TextField(_("answer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "chamber_id"], condition=models.Q(status="received"), name="one_open_application"
            )
        ]

    def __str__(self) -> str:
        return self.chamber_name

    def received_on(self) -> datetime.date:
        return localtime(self.created_at).date()

    received_on.short_description = _("Received on")  # type: ignore[attr-defined]

    @move(Status.RECEIVED, to=Status.ADMITTED, permission="registry.change", label=_("Admit"))
    def admit(self) -> Facts:
        """The chamber gets an invitation and chooses what it shares. One that waits for its answer already will do."""
        whose = {"federation_id": self.federation_id, "chamber_id": self.chamber_id}
        waiting = MembershipInvitation.objects.filter(**whose, status=MembershipInvitation.Status.INVITED).first()
        invitation = waiting or MembershipInvitation(**whose, chamber_name=self.chamber_name)
        invitation.save()
        return {"invitation": str(invitation.pk)}

    @move(Status.RECEIVED, to=Status.REJECTED, permission="registry.change", label=_("Reject"), danger=True)
    def reject(self, *, reason: str) -> Facts:
        self.answer = reason
        return None

    @move(Status.RECEIVED, to=Status.WITHDRAWN, permission="registry.receive", label=_("Withdraw"))
    def withdraw(self) -> Facts:
        """Said by the chamber."""
