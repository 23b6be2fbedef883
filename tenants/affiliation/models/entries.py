"""The chamber's entry in a federation's directory: drafted by the secretariat, published by its head."""

from typing import Any, cast

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from federation.registry.items import Item
from huiguan.records import Record
from huiguan.states import Facts, Stateful, move
from huiguan.tenancy.binding import current_chamber
from huiguan.tenancy.models import Chamber
from tenants.affiliation.models.affiliations import Affiliation


class Entry(Stateful, Record):
    """`published` is word for word what the federation was last sent; the fields are what would be sent next."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Not published")
        PUBLISHED = "published", _("Published")

    affiliation = models.ForeignKey(Affiliation, models.CASCADE, related_name="entries", verbose_name=_("federation"))
    introduction = models.TextField(_("about the chamber"), max_length=2000)
    strengths = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("strengths"))
    website = models.URLField(_("website"), blank=True)
    contact_name = models.CharField(_("contact"), max_length=40, blank=True)
    contact_phone = models.CharField(_("office telephone"), max_length=30, blank=True)
    contact_agreed = models.BooleanField(_("this person agreed to stand in the directory"), default=False)
    published = models.JSONField(default=dict, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)

    class Meta:
        verbose_name = _("directory entry")
        verbose_name_plural = _("directory entries")
        constraints = [
            models.UniqueConstraint(fields=["affiliation"], name="one_entry_per_affiliation"),
            models.CheckConstraint(
                condition=models.Q(contact_name="", contact_phone="") | models.Q(contact_agreed=True),
                name="no_contact_without_agreement",
            ),
        ]

    def __str__(self) -> str:
        return str(self.affiliation)

    def clean(self) -> None:
        if (self.contact_name or self.contact_phone) and not self.contact_agreed:
            raise ValidationError({"contact_agreed": _now("Ask the contact first, or leave name and telephone empty.")})

    def content(self) -> dict[str, Any]:
        """Word for word what leaves the chamber when this is published."""
        words = {"introduction": self.introduction, "strengths": list(self.strengths), "website": self.website}
        contact = {"contact_name": self.contact_name, "contact_phone": self.contact_phone}
        return {**facts_of_the_chamber(), **words, **contact}

    @property
    def is_changed(self) -> bool:
        """Whether the draft says something else than what stands in the directory."""
        return self.status == self.Status.PUBLISHED and self.published != self.content()

    @move(Status.DRAFT, Status.PUBLISHED, to=Status.PUBLISHED, permission="affiliation.change", label=_("Publish"))
    def publish(self) -> Facts:
        if Item.DIRECTORY not in self.affiliation.items:
            raise ValidationError(_now("Accept the item “Directory” of the sharing agreement first."))
        self.published, self.published_at = self.content(), now()
        self.affiliation.send("affiliation.profile_published", self.published)
        return None

    @move(Status.PUBLISHED, to=Status.DRAFT, permission="affiliation.change", label=_("Take back"), danger=True)
    def withdraw(self) -> Facts:
        """The federation deletes it; the draft stays here."""
        self.published = {}
        self.affiliation.send("affiliation.profile_withdrawn", {})
        return None

    @move(Status.DRAFT, Status.PUBLISHED, to=Status.DRAFT, permission="affiliation.change", label=_("Became a draft"))
    def unpublish(self) -> Facts:
        """After the item was taken back or the federation left: the message that said so has deleted it there."""
        self.published = {}
        return None


def facts_of_the_chamber() -> dict[str, str]:
    """What a federation is told of a chamber whenever it learns of it: nothing that is not on its public page."""
    chamber = cast(Chamber, current_chamber())
    return {
        "chamber": chamber.name,
        "short_name": chamber.short_name,
        "kind": chamber.kind,
        "region": chamber.host_region,
        "home_region": chamber.home_region,
    }
