"""By what the uses of offers can be narrowed."""

from typing import Any, ClassVar

import django_filters as df
from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.benefits.models import Merchant, Use


def _merchants(request: Any) -> Any:
    return Merchant.objects.all()


class UseFilters(df.FilterSet):  # type: ignore[misc]
    merchant = df.ModelChoiceFilter(field_name="offer__merchant", label=_("partner merchant"), queryset=_merchants)
    since = df.DateFilter(field_name="at__date", lookup_expr="gte", label=_("since"), widget=forms.DateInput)
    until = df.DateFilter(field_name="at__date", lookup_expr="lte", label=_("until"), widget=forms.DateInput)
    status = df.ChoiceFilter(label=_("status"), choices=Use.Status.choices)

    class Meta:
        model = Use
        fields: ClassVar[list[str]] = []
