"""For which year, and for whom."""

from typing import Any

from django import forms
from django.apps import apps
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.actors import current_actor
from tenants.value.models import ReportRun

YEARS_BACK = 3


class RunForm(forms.ModelForm):  # type: ignore[type-arg]
    year = forms.TypedChoiceField(label=_in("of a report", "Year"), coerce=int)

    class Meta:
        model = ReportRun
        fields = ["year", "segment"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["year"].choices = years()
        fields["segment"].queryset = apps.get_model("members", "Segment").objects.seen_by(current_actor())
        fields["segment"].empty_label = _("All members")


def years() -> list[tuple[int, int]]:
    """This one and those that one may still ask for."""
    this = localdate().year
    return [(year, year) for year in range(this, this - YEARS_BACK - 1, -1)]
