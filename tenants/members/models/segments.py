"""A segment: members who are meant together, by what holds for them now, for announcements, events, surveys. [S1]"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiguan.actors import Actor
from huiguan.records import Record, RecordQuerySet
from huiguan.screens import narrowing
from tenants.members.models.members import Member


class SegmentQuerySet(RecordQuerySet):
    """Questions to the segments."""

    def seen_by(self, actor: Actor) -> "SegmentQuerySet":
        """Shared ones, and one's own."""
        return self.filter(models.Q(is_shared=True) | models.Q(owner_id=actor.person_id))


class Segment(Record):
    """The search and the filters of a list under a name. Who belongs to it is asked each time: `segment.members()`."""

    name = models.CharField(_("name"), max_length=60)
    query = models.TextField(editable=False, max_length=2000)
    is_shared = models.BooleanField(_("for all of the secretariat"), default=True)
    owner = models.CharField(_("by whom"), max_length=40, editable=False)
    owner_id = models.UUIDField(null=True, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(SegmentQuerySet)()

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["owner_id", "name"], name="one_segment_of_a_name")]

    def __str__(self) -> str:
        return self.name

    def members(self) -> Any:
        """Who belongs to it now. A filter that cannot be understood any more finds nobody, never everybody."""
        from tenants.members.resources import MEMBER

        everybody = Member.objects.all()
        return narrowing.narrow(MEMBER, everybody, self.asked) if self.is_answerable else everybody.none()

    @property
    def asked(self) -> QueryDict:
        return QueryDict(self.query)

    @property
    def is_answerable(self) -> bool:
        from tenants.members.resources import MEMBER

        return narrowing.is_answerable(MEMBER, self.asked)

    def said(self) -> str:
        """What it narrows by, in words."""
        from tenants.members.resources import MEMBER

        words = narrowing.words_of(self.asked)
        parts = [f"“{words}”"] if words else []
        return "；".join([*parts, *(f"{s.label}：{s.value}" for s in narrowing.said(MEMBER, self.asked))])

    def keep(self, query: Mapping[str, Any]) -> None:
        """Of an address only what narrows. Raises ValidationError when nothing does."""
        from tenants.members.resources import MEMBER

        kept = QueryDict(mutable=True)
        for each in narrowing.said(MEMBER, query):
            kept[each.name] = query[each.name]
        if words := narrowing.words_of(query):
            kept[narrowing.SEARCH] = words
        if not kept or not narrowing.is_answerable(MEMBER, kept):
            raise ValidationError(_now("Narrow the list by a search or a filter first."))
        self.query = kept.urlencode()
