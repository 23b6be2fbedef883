"""What the chamber keeps looking for, and what was found since: each find is told once."""

from typing import Any, ClassVar

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from federation.matching.models.profiles import category_label
from federation.matching.places import region_name
from federation.matching.searching import Wanted
from huiguan.records import Record, RecordQuerySet, TrailWords
from huiguan.states import Facts, Stateful, move
from tenants.exchange.models.listings import Listing


class SavedSearch(Stateful, Record):
    """A search over what is published in the chamber's federations. `told_from`: what came before is known."""

    class Status(models.TextChoices):
        TOLD = "told", _("New ones are told")
        SILENT = "silent", _("Switched off")

    trail_words: ClassVar[TrailWords] = {"category": category_label, "region": region_name}

    name = models.CharField(_("name"), max_length=40)
    kind = models.CharField(_("kind"), max_length=5, choices=Listing.Kind, default=Listing.Kind.OFFER)
    words = models.CharField(_("words to find"), max_length=60, blank=True)
    category = models.CharField(_("category"), max_length=20, blank=True)
    region = models.CharField(_("region"), max_length=6, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.TOLD, editable=False)
    told_from = models.DateTimeField(default=now, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordQuerySet)()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @move(Status.TOLD, to=Status.SILENT, permission="exchange.change", label=_("Stop telling"))
    def switch_off(self) -> Facts:
        """Nothing is told; the search can still be opened."""

    @move(Status.SILENT, to=Status.TOLD, permission="exchange.change", label=_("Tell again"))
    def switch_on(self) -> Facts:
        """What was published meanwhile is not told."""
        self.told_from = now()
        return None

    def wanted(self) -> Wanted:
        return Wanted(self.kind, self.words, self.category, self.region)

    def category_label(self) -> str:
        return category_label(self.category) if self.category else ""

    category_label.short_description = _("Category")  # type: ignore[attr-defined]

    def region_name(self) -> str:
        return region_name(self.region) if self.region else ""

    region_name.short_description = _("Region")  # type: ignore[attr-defined]


class Look(Record):
    """When the chamber last looked for something new: one row."""

    is_trailed = False

    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("look for something new")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class FindQuerySet(RecordQuerySet):
    """Questions to what was found."""

    def unread(self) -> "FindQuerySet":
        return self.filter(status=Find.Status.NEW)


class Find(Stateful, Record):
    """Something newly published that fits a saved search, or that matches an open need or offer of the chamber."""

    class Status(models.TextChoices):
        NEW = "new", _("New")
        READ = "read", _("Read")

    status_levels: ClassVar[dict[str, str]] = {"new": "info"}

    search = models.ForeignKey(
        SavedSearch, models.CASCADE, null=True, blank=True, related_name="finds", verbose_name=_("saved search")
    )
    listing = models.ForeignKey(
        Listing, models.CASCADE, null=True, blank=True, related_name="finds", verbose_name=_("our need or offer")
    )
    profile_id = models.UUIDField()
    title = models.CharField(_("title"), max_length=40)
    publisher = models.CharField(_("chamber"), max_length=80)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    found_at = models.DateTimeField(_("found"), default=now)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.NEW, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(FindQuerySet)()

    class Meta:
        verbose_name = _("find")
        verbose_name_plural = _("finds")
        ordering = ["-found_at"]
        constraints = [
            models.UniqueConstraint(fields=["search", "profile_id"], name="a_search_finds_it_once"),
            models.UniqueConstraint(fields=["listing", "profile_id"], name="a_listing_finds_it_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @move(Status.NEW, to=Status.READ, permission="exchange.view", label=_("Mark as read"))
    def read(self) -> Facts:
        """It leaves the tasks."""
