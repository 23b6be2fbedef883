"""What people look for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from federation.matching import taxonomy
from federation.matching.places import region_choices
from federation.matching.searching import Wanted
from tenants.exchange.forms.listings import categories_by_family
from tenants.exchange.models import Listing, SavedSearch


def categories_and_families() -> list[tuple[str, Any]]:
    """Every category below its family, which can be chosen as a whole."""
    grouped = []
    for label, choices in categories_by_family():
        family = taxonomy.categories()[choices[0][0]].family
        grouped.append((label, [(family, _("All of “{family}”").format(family=label)), *choices]))
    return [("", _("Any")), *grouped]


class Choices(forms.Form):
    """Category and region as drop-down lists."""

    category = forms.ChoiceField(label=_("Category"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("category", categories_and_families()), ("region", [("", _("Any")), *region_choices()])):
            field: Any = self.fields[name]
            field.choices = choices


class ShelfForm(Choices):
    """A free search; everything may be left empty."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Listing.Kind.choices, required=False)
    words = forms.CharField(label=_("Words to find"), max_length=60, required=False)

    field_order = ("kind", "words", "category", "region")

    def wanted(self) -> Wanted:
        """Nothing usable is every offer."""
        said = self.cleaned_data if self.is_valid() else {}
        named = {name: said.get(name, "") for name in ("words", "category", "region")}
        return Wanted(said.get("kind") or Listing.Kind.OFFER, **named)


class SavedSearchForm(Choices, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = SavedSearch
        fields = ("name", "kind", "words", "category", "region")
        help_texts = {"words": _("All of them must stand in what is found. Traditional and Simplified are the same.")}

    field_order = ("name", "kind", "words", "category", "region")
