"""By what the list of visits can be narrowed."""

from collections.abc import Iterator
from typing import Any, ClassVar

import django_filters as df
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from tenants.visits.models import Visit
from tenants.visits.visitors import possible_visitors


def _visitors() -> Iterator[tuple[str, str]]:
    yield from ((str(each.person_id), each.name) for each in possible_visitors())


class VisitFilters(df.FilterSet):  # type: ignore[misc]
    """By state, by who goes, by day."""

    status = df.ChoiceFilter(label=_("status"), choices=Visit.Status.choices)
    visitor = df.ChoiceFilter(label=_("who goes"), method="going", choices=_visitors)
    since = df.DateFilter(label=_in("of visits", "from"), field_name="on", lookup_expr="gte")
    until = df.DateFilter(label=_in("of visits", "until"), field_name="on", lookup_expr="lte")

    class Meta:
        model = Visit
        fields: ClassVar[list[str]] = []

    def going(self, visits: Any, _name: str, person: str) -> Any:
        return visits.filter(visitor_ids__contains=[person])
