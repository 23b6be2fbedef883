"""What coordinators type: an invitation, and the next version of the agreement."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from federation.registry.items import Item
from federation.registry.models import Clause, Federation, Membership, SharingAgreement

ANSWERS = ("leaves", "purpose", "readers", "withdrawal")


class InvitationForm(forms.Form):
    """A chamber by its address, and a few words to its secretary-general."""

    slug = forms.CharField(
        label=_("Address of the chamber"),
        max_length=60,
        help_text=_("The first part of its address, for instance “changde”. Its secretary-general can tell you."),
    )
    message = forms.CharField(
        label=_("A few words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).strip().lower().partition(".")[0]


class FederationForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the federation says of itself to those it invites, and who leads it."""

    lead_chamber_id = forms.TypedChoiceField(
        label=_("Lead chamber"),
        required=False,
        empty_value=None,
        help_text=_("Empty: the coordinators lead it together."),
    )

    class Meta:
        model = Federation
        fields = ["short_name", "description", "lead_chamber_id"]
        widgets = {"description": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead: Any = self.fields["lead_chamber_id"]
        lead.choices = [("", "—"), *((str(m.chamber_id), m.chamber_name) for m in members)]


class AgreementForm(forms.Form):
    """The whole agreement, begun with the words of the version before."""

    changes = forms.CharField(
        label=_("What is new"),
        max_length=2000,
        help_text=_("Every chamber reads this first."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    introduction = forms.CharField(label=_("Preamble"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, before: SharingAgreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["introduction"] = before.introduction
        for clause in before.clauses.all():
            for answer in ANSWERS:
                name = f"{clause.item}__{answer}"
                self.fields[name] = _field_of(answer)
                self.initial[name] = getattr(clause, answer)

    def groups(self) -> Iterator[tuple[str, list[Any]]]:
        """The fields of each item under its name."""
        for item in Item:
            bound = [self[f"{item}__{answer}"] for answer in ANSWERS if f"{item}__{answer}" in self.fields]
            if bound:
                yield str(item.label), bound

    def words(self) -> dict[str, dict[str, str]]:
        """The clauses as `issue_agreement` takes them."""
        words: dict[str, dict[str, str]] = {}
        for name, value in self.cleaned_data.items():
            item, sign, answer = name.partition("__")
            if sign:
                words.setdefault(item, {})[answer] = value
        return words


def _field_of(answer: str) -> forms.Field:
    field: Any = Clause._meta.get_field(answer)
    return cast(forms.Field, field.formfield(widget=forms.Textarea(attrs={"rows": 3})))
