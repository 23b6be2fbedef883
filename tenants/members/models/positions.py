"""Positions 职务 and the terms 届 they are held for. [S1, 001 轮值会长]"""

import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.records import Record, RecordQuerySet
from tenants.members.models.members import Member, OfMember

RANKS = [
    "会长",
    "执行会长",
    "轮值会长",
    "监事长",
    "常务副会长",
    "副会长",
    "秘书长",
    "执行秘书长",
    "副秘书长",
    "副监事长",
    "监事",
    "常务理事",
    "理事",
    "名誉会长",
    "高级顾问",
    "顾问",
    "专委会主任",
    "专委会副主任",
    "会员",
]


def rank_of(title: str) -> int:
    """How high a position stands; unknown ones come last."""
    return RANKS.index(title) if title in RANKS else len(RANKS)


class Term(Record):
    """A term of the council, such as the second 第二届."""

    number = models.PositiveSmallIntegerField(_in("of a term", "number"), unique=True)
    starts_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"), null=True, blank=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                name="a_term_ends_after_it_begins",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return str(_("Term {number}").format(number=self.number))


class PositionQuerySet(RecordQuerySet):
    """Questions about who holds what."""

    def held(self, day: datetime.date | None = None) -> "PositionQuerySet":
        """On a day; a date that nobody wrote is no limit."""
        day = day or localdate()
        begun = models.Q(starts_on=None) | models.Q(starts_on__lte=day)
        return self.filter(begun, models.Q(ends_on=None) | models.Q(ends_on__gte=day))


class Position(OfMember):
    """What a member holds in the chamber, from when to when."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="positions", verbose_name=_("member"))
    title = models.CharField(_("position"), max_length=20)
    term = models.ForeignKey(
        Term, models.PROTECT, null=True, blank=True, related_name="positions", verbose_name=_("term")
    )
    is_rotating = models.BooleanField(_("in rotation"), default=False)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    rank = models.PositiveSmallIntegerField(default=0, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(PositionQuerySet)()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["rank", "member__sort_key", "id"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps what it is sorted by in step with the title."""
        self.rank = rank_of(self.title)
        super().save(*args, **kwargs)

    @property
    def is_held(self) -> bool:
        return self.was_held(localdate())

    def was_held(self, day: datetime.date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or self.ends_on >= day)
