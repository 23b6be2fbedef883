"""What the coordinator's lists are narrowed by."""

from typing import Any, ClassVar

import django_filters as df
from django.utils.translation import gettext_lazy as _

from federation.matching.models import AllocationItem, AllocationRun
from federation.matching.models.allocations import Outcome
from huiguan.actors import current_actor


def _runs(_request: Any) -> Any:
    here = current_actor().federation_id
    return AllocationRun.objects.filter(federation_id=here) if here else AllocationRun.objects.none()


class AllocationItemFilters(df.FilterSet):  # type: ignore[misc]
    run = df.ModelChoiceFilter(label=_("distribution"), queryset=_runs)
    outcome = df.ChoiceFilter(label=_("what became of it"), choices=Outcome.choices)

    class Meta:
        model = AllocationItem
        fields: ClassVar[list[str]] = []
