"""Who goes to a session for the chamber: names and addresses stay here, the federation hears of the head alone."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from huiguan import itip, trail
from huiguan.ciphers.fields import EncryptedEmailField
from huiguan.personal import Erased, OnErasure, Personal
from huiguan.records import Record, RecordQuerySet


class DelegateQuerySet(RecordQuerySet):
    """Questions to the delegations."""

    def going_to(self, session_id: uuid.UUID) -> Self:
        return self.filter(session_id=session_id, is_called_off=False)

    def unwilling_head(self, session_id: uuid.UUID) -> "Delegate | None":
        head = self.going_to(session_id).filter(role=Delegate.Role.HEAD, standing=Delegate.Standing.DECLINED)
        found: Delegate | None = head.first()
        return found


class Delegate(Record):
    """One person of the delegation to one session, and what their calendar said of it."""

    class Role(models.TextChoices):
        HEAD = "head", _("Head of the delegation")
        SUBSTITUTE = "substitute", _("Substitute of the head")
        MEMBER = "member", _("Comes along")

    class Standing(models.TextChoices):
        """PARTSTAT of iCalendar. [RFC 5545 §3.2.12]"""

        NEEDS_ACTION = itip.Standing.NEEDS_ACTION.value, _("No answer yet")
        ACCEPTED = itip.Standing.ACCEPTED.value, _("Accepted")
        TENTATIVE = itip.Standing.TENTATIVE.value, _("Perhaps")
        DECLINED = itip.Standing.DECLINED.value, _("Said no")

    personal: ClassVar[Mapping[str, Personal]] = {"name": Personal.NAME, "email": Personal.CONTACT}
    erasure = OnErasure(Erased.BLANKED, also=("comment",))
    status_levels: ClassVar[dict[str, str]] = {
        "NEEDS-ACTION": "neutral", "ACCEPTED": "success", "TENTATIVE": "warning", "DECLINED": "danger",
    }  # fmt: skip

    session_id = models.UUIDField(db_index=True)
    name = models.CharField(_("name"), max_length=40)
    email = EncryptedEmailField(_("e-mail"), blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    standing = models.CharField(_("answer"), max_length=12, choices=Standing, default=Standing.NEEDS_ACTION)
    told_sequence = models.PositiveSmallIntegerField(null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    proposes_at = models.DateTimeField(_("would rather come"), null=True)
    comment = models.CharField(_("note"), max_length=300, blank=True)
    is_called_off = models.BooleanField(default=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(DelegateQuerySet)()

    class Meta:
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session_id", "role"],
                condition=~models.Q(role="member") & models.Q(is_called_off=False),
                name="a_delegation_has_one_head_and_one_substitute",
            ),
            models.UniqueConstraint(
                fields=["session_id", "email"],
                condition=~models.Q(email="") & models.Q(is_called_off=False),
                name="a_delegate_is_invited_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> str:
        return str(self.standing)

    def get_status_display(self) -> str:
        return str(self.get_standing_display())

    def clean(self) -> None:
        """Raises ValidationError for a second head, and for an address that is on the list."""
        going = Delegate.objects.going_to(self.session_id).exclude(pk=self.pk)
        if self.role != self.Role.MEMBER and going.filter(role=self.role).exists():
            raise ValidationError({"role": _t("The delegation has one already.")})
        if self.email and going.filter(email=self.email).exists():
            raise ValidationError({"email": _t("This address is on the list already.")})

    @transaction.atomic
    def take(self, answer: itip.Answer) -> bool:
        """What the calendar answers. False for one to an earlier invitation, or older than what is known. [RFC 5546]"""
        trail.take_turn()
        self.refresh_from_db(from_queryset=Delegate.objects.select_for_update())
        is_late = self.told_sequence is None or answer.sequence < self.told_sequence
        if self.is_called_off or is_late or (self.answered_at and answer.stamped_at < self.answered_at):
            return False
        self.answered_at, self.comment = answer.stamped_at, answer.comment
        if answer.method == "COUNTER":
            self.proposes_at = answer.starts_at
        elif answer.standing in self.Standing.values:
            self.standing, self.proposes_at = answer.standing, None
        self.save(verb="answered")
        return True
