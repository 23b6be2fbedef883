"""A need that was heard on a visit and written down later, or put in better words."""

from typing import Any, ClassVar

from django import forms

from tenants.visits.models import Need, Visit

NEWEST = 500  # visits to choose from


class NeedForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Need
        fields: ClassVar[list[str]] = ["visit", "title", "text"]
        widgets: ClassVar[dict[str, Any]] = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            del self.fields["visit"]
            return
        newest = Visit.objects.made().order_by("-on", "-id").values("pk")[:NEWEST]
        visit: Any = self.fields["visit"]
        visit.queryset = Visit.objects.filter(pk__in=newest).select_related("member")
        visit.label_from_instance = lambda each: f"{each.member} · {each.on:%Y-%m-%d}"
