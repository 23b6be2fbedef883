"""A member 会员: who it is, what is known of it, and how it is found. [S1]"""

import datetime
from collections.abc import Collection
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.credit_codes import CREDIT_CODE
from huiguan.personal import Erased, OnErasure
from huiguan.pinyin import full
from huiguan.records import Record, RecordQuerySet, TrailWords
from huiguan.states import Facts, move
from tenants.members.layers import Layer
from tenants.members.models.belonging import Belonging
from tenants.members.models.profiles import Profiled
from tenants.members.paid_before import in_words
from tenants.members.search import search, search_text


class MemberQuerySet(RecordQuerySet):
    """Questions to the register."""

    def active(self) -> "MemberQuerySet":
        return self.filter(status=Member.Status.ACTIVE)

    def on(self, day: datetime.date) -> "MemberQuerySet":
        """Who was a member on a day; one whose entry date is unknown counts as having been there."""
        joined = models.Q(joined_on=None) | models.Q(joined_on__lte=day)
        now = joined & (models.Q(left_on=None) | models.Q(left_on__gt=day))
        earlier = apps.get_model("members.EarlierMembership")
        before = models.Exists(earlier.objects.filter(earlier.covering(day), member=models.OuterRef("pk")))
        return self.filter(now | models.Q(before))

    def at_risk(self) -> "MemberQuerySet":
        """As last worked out; those nearest to the heart of the chamber first."""
        return (
            self.active().filter(standing__risk__gt=0).order_by("standing__layer", "-standing__risk", "sort_key", "pk")
        )

    def search(self, words: str) -> "MemberQuerySet":
        return search(self, words)  # type: ignore[return-value]


class MemberManager(models.Manager.from_queryset(MemberQuerySet)):  # type: ignore[misc]
    """An entry that was merged into another is no member: nobody counts it, lists it or charges it."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(merged_into=None)


class Member(Belonging, Profiled, Record):
    """An enterprise, a person, a household or another organisation that belongs to the chamber."""

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("Enterprise")
        INDIVIDUAL = "individual", _("Individual")
        HOUSEHOLD = "household", _("Household")
        GROUP = "group", _("Group member")

    kind = models.CharField(_("kind of member"), max_length=12, choices=Kind, default=Kind.ENTERPRISE)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    former_name = models.CharField(_("former name"), max_length=120, blank=True)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True, validators=[CREDIT_CODE])
    legal_representative = models.CharField(_("legal representative"), max_length=40, blank=True)
    registered_capital_wan = models.DecimalField(
        _("registered capital (10,000 yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    dues_fen = models.BigIntegerField(_("yearly dues (fen)"), null=True, blank=True)
    paid_before = models.JSONField(_("dues as the register noted them"), default=dict, blank=True, editable=False)
    native_place = models.CharField(_("native place"), max_length=40, blank=True)
    referrer = models.CharField(_("introduced by"), max_length=60, blank=True)
    region = models.CharField(_("district"), max_length=40, blank=True)
    address = models.CharField(_in("of a member", "address"), max_length=200, blank=True)
    remarks = models.TextField(_("remarks"), blank=True, max_length=5000)
    chosen_layer = models.PositiveSmallIntegerField(_("layer by hand"), choices=Layer, null=True, editable=False)
    chosen_layer_reason = models.CharField(_("why this layer"), max_length=200, blank=True, editable=False)
    chosen_layer_until = models.DateField(_("this layer until"), null=True, editable=False)
    chamber_id = models.UUIDField(_("chamber on the platform"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    search_text = models.TextField(editable=False, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, blank=True)

    move_forms: ClassVar[dict[str, str]] = {
        "leave": "tenants.members.forms.leaving.LeaveForm",
        "remove": "tenants.members.forms.leaving.RemovalForm",
        "choose_layer": "tenants.members.forms.layers.LayerForm",
    }
    erasure = OnErasure(
        Erased.BLANKED,
        also=(
            "name", "short_name", "former_name", "credit_code", "legal_representative", "native_place", "referrer",
            "region", "address", "remarks", "business_scope", "products", "interests", "needs", "offers", "departments",
        ),
    )  # fmt: skip
    trail_excludes = Record.trail_excludes | {"search_text", "sort_key"}
    trail_words: ClassVar[TrailWords] = {"paid_before": in_words}
    objects: ClassVar[Any] = MemberManager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["sort_key", "id"]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="members_in_order"),
            models.Index(fields=["credit_code"], name="members_by_code", condition=~models.Q(credit_code="")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=models.Q(status="active", merged_into=None) & ~models.Q(credit_code=""),
                name="one_member_per_code",
            ),
            models.UniqueConstraint(
                fields=["chamber_id"],
                condition=models.Q(status="active", merged_into=None),
                name="one_member_per_chamber",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps what the member is found and sorted by in step with what is written."""
        self.index()
        super().save(*args, **kwargs)
        forget_standings({self.pk})

    def index(self, contacts: Any = None) -> None:
        """Fill the search text and the sort key; `contacts` when they are at hand and not yet stored."""
        people = list(self.contacts.all()) if contacts is None and not self._state.adding else list(contacts or ())
        own = [self.name, self.short_name, self.former_name, self.legal_representative, self.industry, self.credit_code]
        self.search_text = search_text([*own, self.native_place, *(person.name for person in people)])
        self.sort_key = full(self.name)[:200]

    @property
    def is_person(self) -> bool:
        """Whose entry is itself personal information."""
        return self.kind in (self.Kind.INDIVIDUAL, self.Kind.HOUSEHOLD)

    @move(Belonging.Status.ACTIVE, to=None, permission="members.change", label=_("Decide the layer by hand"))
    def choose_layer(self, *, layer: int | None, reason: str, until: datetime.date | None) -> Facts:
        """None leaves it to the rules again."""
        self.chosen_layer, self.chosen_layer_reason, self.chosen_layer_until = layer, reason, until
        return None

    def position_titles(self) -> str:
        """The positions held now, the highest first."""
        return "、".join(p.title for p in self.positions.all() if p.is_held)

    def main_contact(self) -> str:
        """The first person to call."""
        people = list(self.contacts.all())
        return people[0].name if people else ""

    position_titles.short_description = _("Position")  # type: ignore[attr-defined]
    main_contact.short_description = _("Contact")  # type: ignore[attr-defined]


class OfMember(Record):
    """Something that a member's standing rests on."""

    member: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        forget_standings({self.member_id})  # type: ignore[attr-defined]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        forget_standings({self.member_id})  # type: ignore[attr-defined]
        return deleted


def forget_standings(members: Collection[Any]) -> None:
    """What they rest on has changed: they are worked out again when they are next asked for."""
    apps.get_model("members.Standing").objects.filter(member__in=members).delete()
