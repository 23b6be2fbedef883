"""People sign in once and hold one role per chamber and per federation."""

import datetime
from functools import cache
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import Coalesce, Greatest, JSONObject
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiguan.accounts.signed_in import Session as Session
from huiguan.keys import uuid7
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.roles import Role
from huiguan.tenancy.models import Chamber, Domain


class PersonManager(BaseUserManager["Person"]):
    """Makes people, and reads one with all their roles in one query."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def with_appointments(self) -> models.QuerySet["Person"]:
        """People, each with `held`: a list of {chamber, federation, role, name, …}, the places that are open."""
        return _with_appointments().using(self._db)


@cache
def _with_appointments() -> models.QuerySet["Person"]:
    """Put together once, because every request asks it: that takes longer than to answer it."""
    from allauth.mfa.models import Authenticator

    held = Appointment.objects.filter(person=models.OuterRef("pk"), ended_at=None).order_by("created_at")
    is_open = models.Q(chamber=None) | models.Q(chamber__status=Chamber.Status.ACTIVE)
    federation = Domain.objects.filter(federation_id=models.OuterRef("federation_id"), is_primary=True)
    name = Coalesce("chamber__name", models.Subquery(federation.values("label")[:1]))
    row = JSONObject(
        chamber="chamber_id", federation="federation_id", role="role", name=name, second_factor_by=_deadline()
    )
    has_one = models.Exists(Authenticator.objects.filter(user=models.OuterRef("pk"), type="totp"))
    return Person.objects.annotate(held=ArraySubquery(held.filter(is_open).values(json=row)), has_second_factor=has_one)


def _deadline() -> models.Subquery:
    """Until when whoever holds the appointment must have a second factor; null where its role needs none."""
    here = models.Q(chamber=models.OuterRef("chamber_id")) | models.Q(federation_id=models.OuterRef("federation_id"))
    rules = SecondFactorRule.objects.filter(here, role=models.OuterRef("role"))
    began = Greatest(models.F("since"), models.OuterRef("created_at"))
    by = models.ExpressionWrapper(began + models.F("grace"), output_field=models.DateTimeField())
    return models.Subquery(rules.values(by=by)[:1])


class Person(AbstractBaseUser):
    """Someone who signs in. A member enterprise needs no account: it acts by signed links."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("full name"), max_length=40)
    phone = models.CharField(_("mobile"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    is_staff = False
    is_superuser = False

    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    @property
    def appointments(self) -> list[dict[str, str | None]]:
        """What this person holds now, as read with the person."""
        if "held" not in self.__dict__:
            self.__dict__["held"] = Person.objects.with_appointments().get(pk=self.pk).__dict__["held"]
        found: list[dict[str, str | None]] = self.__dict__["held"]
        return found


class Appointment(SharedRecord):
    """A role of a person in one chamber or one federation 任职."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    chamber = models.ForeignKey(Chamber, models.PROTECT, null=True, blank=True, related_name="appointments")
    federation_id = models.UUIDField(null=True, blank=True, db_index=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("people and roles")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "chamber"], condition=models.Q(ended_at=None), name="one_role_per_chamber"
            ),
            models.UniqueConstraint(
                fields=["person", "federation_id"],
                condition=models.Q(ended_at=None, chamber=None),
                name="one_role_per_federation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()}"

    def end(self) -> None:
        """Take the role back; the next request of the person is refused."""
        self.ended_at = now()
        self.save(verb="ended")


class Invitation(SharedRecord):
    """A role offered to an e-mail address by a signed link, once, for fourteen days."""

    LIFE = datetime.timedelta(days=14)

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("full name"), max_length=40)
    chamber = models.ForeignKey(Chamber, models.CASCADE, null=True, blank=True, related_name="+")
    federation_id = models.UUIDField(null=True, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    invited_by = models.CharField(max_length=40, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(TrailedQuerySet)()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def is_open(self) -> bool:
        return not self.accepted_at and not self.withdrawn_at and now() < self.created_at + self.LIFE


class SecondFactorRule(SharedRecord):
    """A role of one place that must have a second factor, `grace` after the rule and after the appointment. [ASVS 6.3]

    Where there is no row nobody must.
    """

    chamber = models.ForeignKey(Chamber, models.CASCADE, null=True, blank=True, related_name="+")
    federation_id = models.UUIDField(null=True, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    since = models.DateTimeField(default=now, editable=False)
    grace = models.DurationField(default=datetime.timedelta(days=14))

    class Meta:
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")
        constraints = [
            models.UniqueConstraint(fields=["chamber", "role"], name="one_rule_per_role_of_a_chamber"),
            models.UniqueConstraint(fields=["federation_id", "role"], name="one_rule_per_role_of_a_federation"),
            models.CheckConstraint(
                condition=models.Q(chamber=None, federation_id__isnull=False)
                | models.Q(chamber__isnull=False, federation_id=None),
                name="a_rule_is_of_one_place",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_role_display())
