"""A member 会员 and the people who speak for it. [S1]"""

import datetime
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.pinyin import full
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move
from tenants.members.search import search, search_text

CREDIT_CODE = RegexValidator(
    r"^[0-9A-HJ-NPQRTUWXY]{18}$", _("A unified social credit code has 18 digits and capital letters.")
)


class MemberQuerySet(RecordQuerySet):
    """Questions to the register."""

    def active(self) -> "MemberQuerySet":
        return self.filter(status=Member.Status.ACTIVE)

    def on(self, day: datetime.date) -> "MemberQuerySet":
        """Who was a member on a day; one whose entry date is unknown counts as having been there."""
        joined = models.Q(joined_on=None) | models.Q(joined_on__lte=day)
        return self.filter(joined, models.Q(left_on=None) | models.Q(left_on__gt=day))

    def search(self, words: str) -> "MemberQuerySet":
        return search(self, words)  # type: ignore[return-value]


class Member(Stateful, Record):
    """An enterprise, a person, a household or another organisation that belongs to the chamber."""

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("Enterprise")
        INDIVIDUAL = "individual", _("Individual")
        HOUSEHOLD = "household", _("Household")
        GROUP = "group", _("Group member")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Member")
        LEFT = "left", _("Left")

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")

    kind = models.CharField(_("kind of member"), max_length=12, choices=Kind, default=Kind.ENTERPRISE)
    status = models.CharField(_("membership"), max_length=10, choices=Status, default=Status.ACTIVE, editable=False)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    former_name = models.CharField(_("former name"), max_length=120, blank=True)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True, validators=[CREDIT_CODE])
    legal_representative = models.CharField(_("legal representative"), max_length=40, blank=True)
    industry = models.CharField(_("industry"), max_length=40, blank=True)
    products = models.TextField(_("products and services"), blank=True, max_length=2000)
    registered_capital_wan = models.DecimalField(
        _("registered capital (10,000 yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    joined_on = models.DateField(_("joined"), null=True, blank=True)
    joined_precision = models.CharField(_("known to the"), max_length=5, choices=Precision, default=Precision.DAY)
    left_on = models.DateField(_("left"), null=True, blank=True, editable=False)
    left_reason = models.CharField(_("reason for leaving"), max_length=200, blank=True, editable=False)
    dues_fen = models.BigIntegerField(_("yearly dues (fen)"), null=True, blank=True)
    native_place = models.CharField(_("native place"), max_length=40, blank=True)
    referrer = models.CharField(_("introduced by"), max_length=60, blank=True)
    region = models.CharField(_("district"), max_length=40, blank=True)
    address = models.CharField(_in("of a member", "address"), max_length=200, blank=True)
    remarks = models.TextField(_("remarks"), blank=True, max_length=5000)
    chamber_id = models.UUIDField(_("chamber on the platform"), null=True, blank=True, editable=False)
    search_text = models.TextField(editable=False, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, blank=True)

    trail_excludes = Record.trail_excludes | {"search_text", "sort_key"}
    objects: ClassVar[Any] = models.Manager.from_queryset(MemberQuerySet)()

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
                condition=models.Q(status="active") & ~models.Q(credit_code=""),
                name="one_member_per_code",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps what the member is found and sorted by in step with what is written."""
        self.index()
        super().save(*args, **kwargs)

    def index(self, contacts: Any = None) -> None:
        """Fill the search text and the sort key; `contacts` when they are at hand and not yet stored."""
        people = list(self.contacts.all()) if contacts is None and not self._state.adding else list(contacts or ())
        known = [text for c in people for text in (c.name, c.phone, c.other_phone)]
        own = [self.name, self.short_name, self.former_name, self.legal_representative, self.industry, self.credit_code]
        self.search_text = search_text([*own, self.native_place, *known])
        self.sort_key = full(self.name)[:200]

    @move(
        Status.ACTIVE, to=Status.LEFT, permission="members.change", label=_("Record that the member left"), danger=True
    )
    def leave(self, *, reason: str, on: datetime.date | None = None) -> Facts:
        self.left_on, self.left_reason = on or localdate(), reason
        return {"reason": reason}

    @move(Status.LEFT, to=Status.ACTIVE, permission="members.change", label=_("Readmit"))
    def readmit(self) -> Facts:
        self.left_on, self.left_reason = None, ""
        return None

    def joined(self) -> str:
        """As precisely as it is known: a year, a month or a day."""
        if self.joined_on is None:
            return ""
        pattern = {"year": _now("{d:%Y}"), "month": _now("{d:%Y-%m}")}.get(self.joined_precision, _now("{d:%Y-%m-%d}"))
        return pattern.format(d=self.joined_on)

    def position_titles(self) -> str:
        """The positions held now, the highest first."""
        return "、".join(p.title for p in self.positions.all() if p.is_held)

    def main_contact(self) -> str:
        """The first person to call."""
        people = list(self.contacts.all())
        return people[0].name if people else ""

    joined.short_description = _in("member", "Joined")  # type: ignore[attr-defined]
    position_titles.short_description = _("Position")  # type: ignore[attr-defined]
    main_contact.short_description = _("Contact")  # type: ignore[attr-defined]


class Contact(Record):
    """A person of a member 联系人."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="contacts", verbose_name=_("member"))
    name = models.CharField(_in("of a person", "name"), max_length=40)
    role = models.CharField(_in("in a firm", "role"), max_length=40, blank=True)
    phone = models.CharField(_("mobile"), max_length=30, blank=True)
    other_phone = models.CharField(_("other number"), max_length=60, blank=True)
    wechat = models.CharField(_("WeChat"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.name} · {self.phone}" if self.phone else self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A member is found by its people too; who changed to another member is found there alone."""
        before = type(self)._base_manager.filter(pk=self.pk).values_list("member", flat=True)
        members = {self.member_id, *before}
        super().save(*args, **kwargs)
        _index(members)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        _index({self.member_id})
        return deleted


def _index(members: set[Any]) -> None:
    for member in Member.objects.filter(pk__in=members):
        member.save()
