"""By what the list of members can be narrowed. Whatever it lets through is let through once."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar

import django_filters as df
from django import forms
from django.db.models import Exists, OuterRef
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiguan.together import contact_days
from tenants.members.layers import Layer
from tenants.members.models import Group, GroupPlace, Member, Position

DAYS_OF_A_MONTH = 30.4
MONTHS = (3, 6, 12)
PERCENT = (25, 50, 75)
Choice = tuple[Any, Any]


class Asked:
    """Choices that are read from the register when they are shown, and once for each form."""

    def __init__(self, ask: Callable[[], Iterable[Choice]]) -> None:
        self.ask = ask
        self.known: list[Choice] | None = None

    def __iter__(self) -> Iterator[Choice]:
        if self.known is None:
            self.known = [("", "---------"), *self.ask()]
        return iter(self.known)


def _values(name: str) -> Iterator[Choice]:
    rows = Member.objects.exclude(**{name: ""}).order_by(name).values_list(name, flat=True).distinct()
    yield from ((value, value) for value in rows)


def _titles() -> Iterator[Choice]:
    rows = Position.objects.held().order_by("rank", "title").values_list("title", flat=True).distinct()
    yield from ((value, value) for value in dict.fromkeys(rows))


def _groups() -> Iterator[Choice]:
    yield from ((str(key), name) for key, name in Group.objects.values_list("pk", "name"))


class MemberFilters(df.FilterSet):  # type: ignore[misc]
    """A value that is no longer in the register finds nobody, rather than everybody."""

    status = df.ChoiceFilter(label=_("membership"), choices=Member.Status.choices)
    kind = df.ChoiceFilter(label=_("kind of member"), choices=Member.Kind.choices)
    industry = df.CharFilter(label=_("industry"), widget=forms.Select(choices=Asked(lambda: _values("industry"))))
    region = df.CharFilter(label=_("district"), widget=forms.Select(choices=Asked(lambda: _values("region"))))
    position = df.CharFilter(label=_("position"), method="holding", widget=forms.Select(choices=Asked(_titles)))
    group = df.UUIDFilter(label=_("group"), method="in_group", widget=forms.Select(choices=Asked(_groups)))
    layer = df.ChoiceFilter(label=_("layer"), field_name="standing__layer", choices=Layer.choices)
    at_risk = df.ChoiceFilter(label=_("risk"), method="risky", choices=[("yes", _("at risk"))])
    known = df.ChoiceFilter(
        label=_("profile"),
        field_name="standing__completeness",
        lookup_expr="lt",
        choices=[(each, format_lazy(_("less than {n} % filled"), n=each)) for each in PERCENT],
    )
    silent = df.ChoiceFilter(
        label=_("no contact"),
        method="not_spoken_with",
        choices=[(each, format_lazy(_("for {n} months"), n=each)) for each in MONTHS],
    )

    class Meta:
        model = Member
        fields: ClassVar[list[str]] = []

    def holding(self, members: Any, _name: str, title: str) -> Any:
        return members.filter(Exists(Position.objects.held().filter(member=OuterRef("pk"), title=title)))

    def in_group(self, members: Any, _name: str, group: Any) -> Any:
        return members.filter(Exists(GroupPlace.objects.filter(member=OuterRef("pk"), group=group, left_on=None)))

    def risky(self, members: Any, _name: str, _value: str) -> Any:
        return members.filter(standing__risk__gt=0)

    def not_spoken_with(self, members: Any, _name: str, months: str) -> Any:
        """No contact took place, whoever recorded it; whether any ever did is not asked."""
        since = localdate() - datetime.timedelta(days=round(int(months) * DAYS_OF_A_MONTH))
        return members.exclude(pk__in=list(contact_days(None, since, localdate())))
