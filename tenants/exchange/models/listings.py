"""A need or an offer of the chamber or of one of its members: the private original of what may be published."""

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from federation.matching.models.profiles import DAYS_OPEN, category_label
from federation.matching.places import region_names
from federation.matching.profiles import is_urgent
from federation.matching.units import Unit, amount_label
from huiguan.ciphers.fields import EncryptedCharField
from huiguan.outbox.delivery import publish
from huiguan.outbox.models import Message
from huiguan.personal import Personal
from huiguan.records import Record, RecordQuerySet, TrailWords
from huiguan.states import Facts, move
from tenants.exchange.models import review
from tenants.exchange.telling import content_of

DAYS_BEFORE_RENEWAL = datetime.timedelta(days=14)


def in_half_a_year() -> datetime.date:
    return localdate() + datetime.timedelta(days=DAYS_OPEN)


class ListingQuerySet(RecordQuerySet):
    """Questions to the chamber's needs and offers."""

    def live(self) -> "ListingQuerySet":
        return self.filter(status=Listing.Status.PUBLISHED)

    def drafts(self) -> "ListingQuerySet":
        return self.filter(status=Listing.Status.DRAFT)

    def submitted(self) -> "ListingQuerySet":
        return self.filter(status=Listing.Status.SUBMITTED)

    def standing(self) -> "ListingQuerySet":
        """Published, or paused for a while."""
        return self.filter(status__in=[Listing.Status.PUBLISHED, Listing.Status.PAUSED])


class Listing(review.Reviewed, Record):
    """Title, text and the structured fields leave when it is published; the member and the contact do not."""

    class Kind(models.TextChoices):
        NEED = "need", _("Need")
        OFFER = "offer", _("Offer")

    Status = review.Status

    class Visibility(models.TextChoices):
        FEDERATION = "federation", _("All chambers of the federation")
        SELECTED = "selected", _("Only the chambers chosen below")

    trail_excludes: ClassVar[frozenset[str]] = Record.trail_excludes | {
        "published",
        "recipient_id",
    }  # the ledger has them
    personal: ClassVar[Mapping[str, Personal]] = {"contact_name": Personal.NAME, "contact_phone": Personal.CONTACT}
    trail_words: ClassVar[TrailWords] = {"category": category_label, "regions": region_names}
    move_forms: ClassVar[dict[str, str]] = {
        "publish": "tenants.exchange.forms.PublishForm",
        "send_back": "tenants.exchange.forms.ReturnForm",
    }
    status_levels: ClassVar[dict[str, str]] = {"submitted": "warning"}

    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.NEED)
    title = models.CharField(_("title"), max_length=40)
    text = models.TextField(_("description"), max_length=600, blank=True)
    category = models.CharField(_("category"), max_length=20, blank=True)
    regions = ArrayField(models.CharField(max_length=6), default=list, blank=True, verbose_name=_("region"))
    region_hard = models.BooleanField(_("only there"), default=False)
    quantity = models.DecimalField(
        _("quantity"), max_digits=16, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    unit = models.CharField(_("unit"), max_length=20, choices=Unit, default=Unit.UNIT)
    starts_on = models.DateField(_("from"), default=localdate)
    ends_on = models.DateField(_("until"), default=in_half_a_year)
    price = models.DecimalField(
        _("price or budget"), max_digits=16, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    slots = models.PositiveIntegerField(_("how many times"), default=1)
    lead_time_hours = models.PositiveIntegerField(
        _("hours of notice it needs"), default=0, blank=True, validators=[MaxValueValidator(24 * 90)]
    )
    is_told = models.BooleanField(_("tell us of new matches"), default=True)
    visibility = models.CharField(_("who may see it"), max_length=10, choices=Visibility, default=Visibility.FEDERATION)
    chosen = ArrayField(models.UUIDField(), default=list, blank=True, verbose_name=_("chosen chambers"))
    is_named = models.BooleanField(_("under the chamber's name"), default=True)
    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, verbose_name=_("for the member")
    )
    beneficiary = models.CharField(_("what others may know of the member"), max_length=40, blank=True)
    member_agreed_on = models.DateField(_("the member agreed on"), null=True, blank=True)
    contact_name = models.CharField(_("contact"), max_length=40, blank=True)
    contact_phone = EncryptedCharField(_("telephone"), max_length=30, blank=True)
    recipient_id = models.UUIDField(null=True, editable=False)
    recipient = models.CharField(_("federation"), max_length=80, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    ended_because = models.CharField(_("why it ended"), max_length=200, blank=True, editable=False)
    published = models.JSONField(default=dict, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(ListingQuerySet)()

    class Meta:
        verbose_name = _("need or offer")
        verbose_name_plural = _("needs and offers")
        ordering = ["-changed_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="a_listing_ends_after_it_starts",
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

    def region_names(self) -> str:
        return region_names(self.regions)

    region_names.short_description = _("Region")  # type: ignore[attr-defined]

    @property
    def is_over(self) -> bool:
        return self.ends_on < localdate()

    @property
    def has_consent(self) -> bool:
        """It concerns no member, or one who agreed."""
        return not self.member_id or self.member_agreed_on is not None

    @property
    def is_need(self) -> bool:
        return self.kind == self.Kind.NEED

    @property
    def is_urgent(self) -> bool:
        """Needed within three days."""
        return self.is_need and is_urgent(self, on=localdate())

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than what the federation was last sent."""
        sent = {"lead_time_hours": 0, **self.published, "version": 0}  # which said nothing of notice at first
        return bool(self.published) and {**self.content(), "version": 0} != sent

    def shown_until(self) -> datetime.date | None:
        """The last day on which others find what was published."""
        told = self.published.get("valid_until")
        return datetime.date.fromisoformat(told) if told else None

    @property
    def can_be_renewed(self) -> bool:
        """It is published, soon no longer shown, and wanted for longer."""
        until = self.shown_until() if self.status == self.Status.PUBLISHED else None
        return until is not None and until < self.valid_until() and until <= localdate() + DAYS_BEFORE_RENEWAL

    def content(self) -> dict[str, Any]:
        """Word for word what leaves the chamber when this is published."""
        return content_of(self)

    def valid_until(self) -> datetime.date:
        return min(self.ends_on, in_half_a_year())

    def trouble(self) -> Message | None:
        """The newest message about it that the federation refused, if nothing arrived after it."""
        newest: Message | None = (
            Message.objects.filter(record_id=self.pk).exclude(state="pending").order_by("-id").first()
        )
        return newest if newest and newest.state == Message.State.REFUSED else None

    @move(
        Status.DRAFT,
        Status.SUBMITTED,
        Status.PUBLISHED,
        Status.PAUSED,
        Status.TAKEN_BACK,
        to=Status.PUBLISHED,
        permission="exchange.publish",
        label=_("Preview and publish"),
        description=_("You read word for word what would leave the chamber."),
    )
    def publish(self, *, federation: tuple[Any, str], version: int) -> Facts:
        """`version` is the one that was read in the preview: nobody publishes words that changed meanwhile."""
        self._refuse_unfit(version)
        self.recipient_id, self.recipient = federation
        self.published, self.published_at, self.ended_because = self.content(), now(), ""
        self.returned_because = ""
        self.version += 1
        publish(
            self,
            "exchange.profile_published",
            to=self.recipient_id,
            recipient=self.recipient,
            content=self.published,
            basis=_now("Sharing agreement, item “Matching”; published one by one"),
        )
        return {"version": self.version}

    @move(Status.PUBLISHED, to=Status.PAUSED, permission="exchange.publish", label=_("Pause"))
    def pause(self) -> Facts:
        """Not shown to others for now."""
        return self._say_ended("paused")

    @move(Status.PUBLISHED, Status.PAUSED, to=Status.FULFILLED, permission="exchange.publish", label=_("Fulfilled"))
    def fulfil(self) -> Facts:
        """It has served its purpose."""
        return self._say_ended("fulfilled")

    @move(
        Status.PUBLISHED,
        Status.PAUSED,
        to=Status.WITHDRAWN,
        permission="exchange.publish",
        label=_("Withdraw"),
        danger=True,
    )
    def withdraw(self) -> Facts:
        """Taken back for good; open introductions end."""
        return self._say_ended("withdrawn")

    @move(
        Status.PUBLISHED,
        Status.PAUSED,
        to=Status.TAKEN_BACK,
        permission="exchange.receive",
        label=_("Withdraw with the sharing agreement"),
    )
    def take_back(self, *, why: str) -> Facts:
        """The message that took the item back, or left the federation, withdraws it there."""
        self.ended_because = why
        return None

    def _say_ended(self, reason: str) -> Facts:
        publish(
            self,
            "exchange.profile_withdrawn",
            to=self.recipient_id,  # type: ignore[arg-type]
            recipient=self.recipient,
            content={"listing_id": str(self.pk), "title": self.title, "reason": reason},
            basis=_now("Sharing agreement, item “Matching”; taken back"),
        )
        return None

    def _refuse_unfit(self, version: int) -> None:
        if version != self.version:
            raise ValidationError(_now("It was published by somebody else meanwhile. Read it again."))
        if not self.has_consent:
            raise ValidationError(_now("It concerns a member: note the day the member agreed first."))
