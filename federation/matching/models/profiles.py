"""A need or an offer as its chamber published it. The chamber's private original never leaves its schema."""

import datetime
import uuid
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from federation.matching import profiles, taxonomy
from federation.matching.places import region_names
from federation.matching.units import amount_label, unit_label
from huiguan.records import SharedRecord, TrailedQuerySet, TrailWords
from huiguan.states import Facts, Stateful, move

DAYS_OPEN, MOST_DAYS_OPEN = 180, 365


class ProfileQuerySet(TrailedQuerySet):
    """Questions to what is published."""

    def open(self, *, on: datetime.date) -> Self:
        return self.filter(status=Profile.Status.PUBLISHED, expires_on__gte=on)

    def of(self, federation_id: uuid.UUID) -> Self:
        return self.filter(federation_id=federation_id)

    def standing(self) -> Self:
        """Published, on the way there, or paused for a while."""
        return self.exclude(status__in=[Profile.Status.FULFILLED, Profile.Status.WITHDRAWN, Profile.Status.TAKEN_BACK])


class Profile(Stateful, SharedRecord):
    """Its key is the chamber's own for the listing, so that the ledger and the federation speak of the same thing.

    `price` is what an offer costs, or what a need can spend at most; None is no limit. In yuan, for one unit.
    """

    class Kind(models.TextChoices):
        NEED = "need", _("Need")
        OFFER = "offer", _("Offer")

    class Status(models.TextChoices):
        IN_REVIEW = "in_review", _("Read by another chamber first")
        RETURNED = "returned", _("Returned with remarks")
        PUBLISHED = "published", _("Published")
        PAUSED = "paused", _("Paused")
        FULFILLED = "fulfilled", _("Fulfilled")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        TAKEN_BACK = "taken_back", _("Withdrawn with the sharing agreement")

    trail_words: ClassVar[TrailWords] = {
        "category": lambda code: category_label(code),
        "regions": region_names,
        "unit": unit_label,
    }

    federation_id = models.UUIDField()
    chamber_id = models.UUIDField()
    chamber_name = models.CharField(_("chamber"), max_length=80)
    ref_no = models.CharField(_("number"), max_length=40)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    category = models.CharField(_("category"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=40)
    text = models.TextField(_("description"), max_length=600, blank=True)
    regions = ArrayField(models.CharField(max_length=6), default=list, verbose_name=_("region"))
    region_hard = models.BooleanField(_("only there"), default=False)
    quantity = models.DecimalField(_("quantity"), max_digits=16, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    price = models.DecimalField(_("price or budget"), max_digits=16, decimal_places=2, null=True, blank=True)
    slots = models.PositiveIntegerField(_("how many times"), default=1)
    lead_time_hours = models.PositiveIntegerField(_("hours of notice it needs"), default=0)
    visible_to = ArrayField(models.UUIDField(), null=True, blank=True)
    is_named = models.BooleanField(_("under the chamber's name"), default=True)
    beneficiary = models.CharField(_("for"), max_length=40, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PUBLISHED, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1)
    published_at = models.DateTimeField(_("published"))
    expires_on = models.DateField(_("valid until"))

    objects: ClassVar[Any] = models.Manager.from_queryset(ProfileQuerySet)()

    class Meta:
        verbose_name = _("need or offer")
        verbose_name_plural = _("needs and offers")
        ordering = ["-published_at"]
        indexes = [models.Index(fields=["federation_id", "changed_at"], name="matching_profile_changes")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="a_profile_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def category_label(self) -> str:
        return category_label(self.category)

    category_label.short_description = _("Category")  # type: ignore[attr-defined]

    def amount(self) -> str:
        return amount_label(self.quantity, self.unit)

    amount.short_description = _("Quantity")  # type: ignore[attr-defined]

    def publisher(self) -> str:
        """The chamber, or "a member chamber" when it published without its name."""
        return self.chamber_name if self.is_named else str(_("A member chamber"))

    publisher.short_description = _("Chamber")  # type: ignore[attr-defined]

    def is_published_on(self, day: datetime.date) -> bool:
        return self.status == self.Status.PUBLISHED and self.expires_on >= day

    NOT_ENDED = (Status.IN_REVIEW, Status.RETURNED, Status.PUBLISHED, Status.PAUSED, Status.TAKEN_BACK)

    @move(
        *NOT_ENDED,
        to=Status.PUBLISHED,
        permission="matching.receive",
        label=_("Publish again"),
    )
    def publish_again(self, *, version: int) -> Facts:
        """A new version replaced the words, a pause ended, or the chamber takes part in the matching again."""
        return {"version": version}

    @move(
        *NOT_ENDED,
        to=Status.IN_REVIEW,
        permission="matching.receive",
        label=_("Have it read"),
    )
    def await_review(self) -> Facts:
        """Nobody but its reader sees this version yet."""

    @move(Status.IN_REVIEW, to=Status.PUBLISHED, permission="matching.receive", label=_("Approve"))
    def pass_review(self) -> Facts:
        """Others find it from now on."""

    @move(Status.IN_REVIEW, to=Status.RETURNED, permission="matching.receive", label=_("Return with remarks"))
    def fail_review(self) -> Facts:
        """Its chamber publishes a better version."""

    @move(
        Status.IN_REVIEW,
        Status.RETURNED,
        Status.PUBLISHED,
        to=Status.PAUSED,
        permission="matching.receive",
        label=_("Pause"),
    )
    def pause(self) -> Facts:
        """Not shown for now; introductions go on."""

    @move(
        *NOT_ENDED,
        to=Status.FULFILLED,
        permission="matching.receive",
        label=_("Fulfilled"),
    )
    def fulfil(self) -> Facts:
        """Nothing more is wanted, nor told of whom it was for."""
        self.beneficiary = ""
        return None

    @move(
        *NOT_ENDED,
        to=Status.WITHDRAWN,
        permission="matching.receive",
        label=_("Withdraw"),
    )
    def withdraw(self) -> Facts:
        """Taken back by the chamber, one by one and for good. What was said of a member goes with it."""
        self.beneficiary = ""
        return None

    @move(
        Status.IN_REVIEW,
        Status.RETURNED,
        Status.PUBLISHED,
        Status.PAUSED,
        to=Status.TAKEN_BACK,
        permission="matching.receive",
        label=_("Withdraw with the sharing agreement"),
    )
    def take_back(self) -> Facts:
        """The chamber takes no part in the matching any more; it may publish this again when it does."""
        self.beneficiary = ""
        return None

    def as_need(self) -> profiles.Need:
        return profiles.Need(
            id=str(self.pk),
            chamber=str(self.chamber_id),
            title=self.title,
            text=self.text,
            category=self.category or None,
            region=self.regions[0] if self.regions else profiles.NATIONWIDE,
            region_hard=self.region_hard,
            quantity=self.quantity,
            unit=self.unit,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            budget=self.price,
            visible_to=self._readers(),
            status=self._openness(),
            expires_on=self.expires_on,
        )

    def as_offer(self) -> profiles.Offer:
        return profiles.Offer(
            id=str(self.pk),
            chamber=str(self.chamber_id),
            title=self.title,
            text=self.text,
            category=self.category,
            regions=tuple(self.regions),
            capacity=self.quantity,
            unit=self.unit,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            price=self.price or Decimal(0),
            slots=self.slots,
            visible_to=self._readers(),
            status=self._openness(),
            expires_on=self.expires_on,
            lead_time_hours=self.lead_time_hours,
        )

    def is_urgent_on(self, day: datetime.date) -> bool:
        return self.kind == self.Kind.NEED and profiles.is_urgent(self.as_need(), on=day)

    def _readers(self) -> frozenset[str] | None:
        return None if self.visible_to is None else frozenset(map(str, self.visible_to))

    def _openness(self) -> str:
        return profiles.OPEN if self.status == self.Status.PUBLISHED else self.status


def category_label(code: str) -> str:
    """The category, or the family, in the person's language; a code the taxonomy does not know is shown as it is."""
    if code in taxonomy.families():
        return taxonomy.family_label(code)
    known = taxonomy.categories().get(code)
    if known is None:
        return code
    return taxonomy.in_language(known.zh_hans, known.en)
