"""A new term with the positions that go on in it; the order and the length of turns to preside."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.members.models import Member, Position, Term

LONGEST_PLAN = datetime.timedelta(days=3660)


class TermForm(forms.ModelForm):  # type: ignore[type-arg]
    """The next number is proposed; every position that is held now is chosen already."""

    carried = forms.ModelMultipleChoiceField(
        queryset=Position.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Term
        fields: ClassVar[list[str]] = ["number", "starts_on", "ends_on"]
        widgets: ClassVar[dict[str, Any]] = {"starts_on": forms.DateInput, "ends_on": forms.DateInput}
        help_texts: ClassVar[dict[str, Any]] = {
            "starts_on": gettext_lazy("All positions of the term before end the day before."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        newest = Term.objects.first()
        kwargs.setdefault("initial", {"number": newest.number + 1 if newest else 1, "starts_on": localdate()})
        super().__init__(*args, **kwargs)
        held: Any = self.fields["carried"]
        held.queryset = Position.objects.held().exclude(title="会员").select_related("member")

    def positions(self) -> list[dict[str, Any]]:
        """By title, the highest first, each with whether it is chosen."""
        asked: Any = self.fields["carried"]
        found: dict[str, list[dict[str, Any]]] = {}
        typed: Any = self.data
        said = set(typed.getlist("carried")) if self.is_bound else None
        for position in asked.queryset:
            is_chosen = said is None or str(position.pk) in said
            found.setdefault(position.title, []).append({"position": position, "is_chosen": is_chosen})
        return [{"title": title, "rows": rows} for title, rows in found.items()]


class RotationForm(forms.Form):
    """Who presides in which order, and for how long each."""

    first = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput, initial=localdate)
    months = forms.IntegerField(
        label=gettext_lazy("Months for each"), initial=3, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    until = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput,
        help_text=gettext_lazy("As a rule the last day of the term."),
    )

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        for number, member in enumerate(members, start=1):
            self.fields[f"order-{member.pk}"] = forms.IntegerField(
                label=member.name, initial=number, required=False, min_value=1, max_value=999
            )

    def lines(self) -> list[Any]:
        """The fields of the order, for the page."""
        return [self[f"order-{member.pk}"] for member in self.members]

    def in_order(self) -> list[Member]:
        """Those with a number, the lowest first."""
        place = {member: self.cleaned_data.get(f"order-{member.pk}") for member in self.members}
        return sorted((member for member in self.members if place[member]), key=lambda member: place[member] or 0)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, until = said.get("first"), said.get("until")
        if first and until and not first <= until <= first + LONGEST_PLAN:
            self.add_error("until", _("Choose a day after the first, within ten years."))
        if not self.errors and not self.in_order():
            self.add_error(None, _("Give at least one member a place in the order."))
        return said
