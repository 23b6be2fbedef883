"""Chambers, the hosts they answer on, and the spare schemas that new chambers are opened in."""

import uuid
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin

SLUG = RegexValidator(
    r"^[a-z][a-z0-9-]{1,29}$", _("Use 2 to 30 lower-case letters, digits and hyphens; begin with a letter.")
)
RESERVED = frozenset(
    [
        "www",
        "api",
        "admin",
        "app",
        "static",
        "media",
        "files",
        "mail",
        "smtp",
        "imap",
        "ftp",
        "ns",
        "mx",
        "login",
        "accounts",
        "account",
        "billing",
        "pay",
        "status",
        "help",
        "docs",
        "support",
        "public",
        "site",
        "root",
        "huiguan",
        "operator",
        "console",
        "webhooks",
        "cdn",
        "assets",
        "test",
        "staging",
        "demo",
        "health",
        "metrics",
        "federation",
        "chamber",
        "pg_catalog",
    ]
)


def schema_of(key: uuid.UUID) -> str:
    """The schema and the role of a chamber: from its key, never from its name, never used again."""
    return f"ch_{key.hex}"


class Chamber(TenantMixin):  # type: ignore[misc]
    """A chamber of commerce 商会. Its key names its schema; its slug is only its address."""

    class Kind(models.TextChoices):
        NATIVE_PLACE = "native_place", _("Native-place chamber")
        TRADE = "trade", _("Trade association")
        PRIVATE = "private", _("Self-employed and private business association")
        LOCAL = "local", _("Local chamber")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        SUSPENDED = "suspended", _("Suspended")
        ARCHIVED = "archived", _("Archived")
        ERASED = "erased", _("Erased")

    auto_create_schema = False
    auto_drop_schema = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    schema_name = models.CharField(max_length=63, unique=True, editable=False)
    db_role = models.CharField(max_length=63, editable=False)
    slug = models.CharField(_("address"), max_length=30, unique=True, validators=[SLUG])
    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.NATIVE_PLACE)
    host_region = models.CharField(_("host region"), max_length=6, blank=True, help_text=_("GB/T 2260, six digits"))
    home_region = models.CharField(_("home region"), max_length=6, blank=True, help_text=_("GB/T 2260, six digits"))
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.ACTIVE)
    accent = models.CharField(_("colour"), max_length=7, default="#b42318")
    fingerprint = models.CharField(max_length=64, editable=False)
    opened_at = models.DateTimeField(default=now, editable=False)
    suspended_at = models.DateTimeField(null=True, editable=False)
    note = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("chamber")
        verbose_name_plural = _("chambers")
        ordering = ["opened_at"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Plainly: the library's own save would make or rename schemas."""
        kwargs.pop("verbosity", None)
        models.Model.save(self, *args, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.ACTIVE

    def suspend(self, note: str = "") -> None:
        """Nobody comes in until it is resumed; the first day counts when it is erased."""
        self.status, self.note = self.Status.SUSPENDED, note
        self.suspended_at = self.suspended_at or now()
        self.save()

    def resume(self) -> None:
        self.status, self.suspended_at, self.note = self.Status.ACTIVE, None, ""
        self.save()


class Domain(DomainMixin):  # type: ignore[misc]
    """An address that has been given out. Rows stay for ever: an address never leads to another chamber."""

    domain = models.CharField(max_length=253, unique=True)
    tenant = models.ForeignKey(Chamber, models.PROTECT, null=True, blank=True, related_name="domains")
    federation_id = models.UUIDField(null=True, blank=True)
    label = models.CharField(max_length=80, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_domain_leads_to_one_place",
                condition=models.Q(tenant=None) | models.Q(federation_id=None),
            )
        ]

    def __str__(self) -> str:
        return self.domain

    def save(self, *args: Any, **kwargs: Any) -> None:
        models.Model.save(self, *args, **kwargs)


class Template(models.Model):
    """The SQL that makes a fresh chamber's schema, dumped from a migrated one; one per state of the migrations."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    schema_name = models.CharField(max_length=63)
    sql = models.TextField()
    made_at = models.DateTimeField(default=now)


class Spare(models.Model):
    """An empty migrated schema with its role, waiting for a chamber. The key becomes the chamber's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    fingerprint = models.CharField(max_length=64, db_index=True)
    made_at = models.DateTimeField(default=now)


class Opening(models.Model):
    """An application of a chamber, and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name of the chamber"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=Chamber.Kind, default=Chamber.Kind.NATIVE_PLACE)
    slug = models.CharField(_("address"), max_length=30, validators=[SLUG])
    host_region = models.CharField(_("host region"), max_length=6, blank=True)
    home_region = models.CharField(_("home region"), max_length=6, blank=True)
    contact_name = models.CharField(_("secretary-general"), max_length=40)
    contact_email = models.EmailField(_("e-mail"))
    chamber = models.OneToOneField(Chamber, models.CASCADE, null=True, blank=True, related_name="opening")
    created_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return self.name
