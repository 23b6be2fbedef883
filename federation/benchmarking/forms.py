"""Opening a quarter: one that has ended, once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from federation.benchmarking.models import Release
from huiguan.actors import current_actor
from huiguan.kpis import last_quarter


class ReleaseForm(forms.ModelForm):  # type: ignore[type-arg]
    """Begins with the quarter that ended last: the one that chambers send."""

    class Meta:
        model = Release
        fields = ["year", "quarter", "is_for_outside"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.initial["year"], self.initial["quarter"] = last_quarter()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors:
            return said
        asked = {"year": said["year"], "quarter": said["quarter"]}
        if (said["year"], said["quarter"]) > last_quarter():
            self.add_error("quarter", _("This quarter has not ended yet."))
        elif self._others().filter(**asked).exists():
            self.add_error("quarter", _("This quarter has been opened already."))
        return said

    def _others(self) -> Any:
        mine = Release.objects.filter(federation=current_actor().federation_id)
        return mine.exclude(pk=self.instance.pk)
