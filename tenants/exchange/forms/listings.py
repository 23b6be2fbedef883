"""What people write about needs and offers."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from federation.matching import taxonomy
from federation.matching.models.profiles import category_label
from federation.matching.places import region_choices
from federation.matching.profiles import NATIONWIDE
from federation.matching.queries import federations_matching, partners
from huiguan.actors import current_actor
from tenants.exchange.models import Listing

FIELDS = [
    "kind", "title", "text", "category", "regions", "region_hard", "quantity", "unit", "price", "starts_on",
    "ends_on", "slots", "lead_time_hours", "is_told", "visibility", "chosen", "is_named", "member", "beneficiary",
    "member_agreed_on", "contact_name", "contact_phone",
]  # fmt: skip


class ListingForm(forms.ModelForm):  # type: ignore[type-arg]
    """A draft: saving it sends nothing."""

    category = forms.ChoiceField(label=_("Category"), required=False)
    regions = forms.MultipleChoiceField(label=_("Region"), required=False, help_text=_("Empty is nationwide."))
    chosen = forms.TypedMultipleChoiceField(label=_("Chosen chambers"), required=False)

    class Meta:
        model = Listing
        fields = FIELDS
        widgets = {
            "kind": forms.RadioSelect,
            "visibility": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 5}),
            "starts_on": forms.DateInput,
            "ends_on": forms.DateInput,
            "member_agreed_on": forms.DateInput,
        }
        help_texts = {
            "title": _("At most 40 characters, no names of people: everyone who may see it reads this first."),
            "price": _(
                "In yuan, for one unit: what an offer costs, or the most that a need may cost. Empty: not said."
            ),
            "slots": _("How often an offer can be given, for instance the seats of a trip or the days of a hall."),
            "lead_time_hours": _("For an offer: 12 is half a day. Needs that start earlier are not led to it."),
            "is_told": _("A task and a message when somebody publishes what fits."),
            "is_named": _("Otherwise others read “a member chamber” until both sides have agreed."),
            "beneficiary": _("For instance “a building materials firm”. The member's name never leaves."),
            "contact_name": _("Leaves only when both sides have agreed to an introduction."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("category", [("", _("Not sure yet")), *categories_by_family()])
        self._choices("regions", region_choices())
        self._choices("chosen", [(str(key), name) for _federation, key, name in _partners()])
        for name in ("quantity", "price"):
            if self.initial.get(name) is not None:
                self.initial[name] = _as_typed(self.initial[name])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        is_need = said.get("kind") == Listing.Kind.NEED
        if not is_need and not said.get("category"):
            self.add_error("category", _("An offer needs a category."))
        if is_need and len(said.get("regions") or []) > 1:
            self.add_error("regions", _("A need has one region. Choose the province or “Nationwide”."))
        if said.get("visibility") == Listing.Visibility.SELECTED and not said.get("chosen"):
            self.add_error("chosen", _("Choose at least one chamber."))
        if said.get("member_agreed_on") and not said.get("member"):
            self.add_error("member", _("Which member agreed?"))
        return said

    def clean_regions(self) -> list[str]:
        return self.cleaned_data["regions"] or [NATIONWIDE]

    def clean_lead_time_hours(self) -> int:
        return self.cleaned_data["lead_time_hours"] or 0

    def _choices(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices


def _as_typed(number: Decimal) -> str:
    """5, not 5.00."""
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


class ReturnForm(forms.Form):
    """What the author should change."""

    why = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class PublishForm(forms.Form):
    """Confirms the version that was read, and to whom it goes."""

    federation = forms.ChoiceField(label=_("Publish in"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.federations = {str(key): (key, name) for key, name in _federations()}
        field: Any = self.fields["federation"]
        field.choices = [(key, name) for key, (_id, name) in self.federations.items()]
        field.initial = next(iter(self.federations), None)

    def clean_federation(self) -> tuple[Any, str]:
        return self.federations[self.cleaned_data["federation"]]

    def clean_version(self) -> int:
        return int(self.cleaned_data["version"] or 0)


def categories_by_family() -> list[tuple[str, list[tuple[str, str]]]]:
    """The taxonomy as groups of a drop-down list, in the person's language."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for code, category in taxonomy.categories().items():
        grouped.setdefault(category.family, []).append((code, category_label(code)))
    return [(taxonomy.family_label(first), choices) for first, choices in grouped.items()]


def _federations() -> list[tuple[Any, str]]:
    chamber_id = current_actor().chamber_id
    return federations_matching(chamber_id=chamber_id) if chamber_id else []


def _partners() -> list[tuple[Any, Any, str]]:
    """Federation, chamber and name of all who take part, each chamber once."""
    chamber_id = current_actor().chamber_id
    found: dict[Any, tuple[Any, Any, str]] = {}
    for federation_id, _name in _federations():
        for key, name in partners(chamber_id=chamber_id, federation_id=federation_id):  # type: ignore[arg-type]
            found.setdefault(key, (federation_id, key, name))
    return list(found.values())
