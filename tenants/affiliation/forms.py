"""What people type about their federations."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from federation.registry import queries
from federation.registry.items import Item
from federation.registry.models import Federation, SharingAgreement
from tenants.affiliation.models import Entry

STRENGTHS = 8  # shown as labels beside each other; more would be a list


class ItemsForm(forms.Form):
    """The clauses of one version of the agreement, each with a box to accept it."""

    items = forms.MultipleChoiceField(label=_("Accepted items"), choices=Item.choices, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, agreement: SharingAgreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        offered = {clause.item for clause in agreement.clauses.all()}
        items: Any = self.fields["items"]
        items.choices = [choice for choice in Item.choices if choice[0] in offered]
        self.initial.setdefault("version", agreement.version)

    def clauses(self) -> list[tuple[Any, bool]]:
        """Each clause, and whether its box is ticked."""
        chosen = self.data.getlist("items") if self.is_bound else self.initial.get("items", [])  # type: ignore[attr-defined]
        return [(clause, clause.item in chosen) for clause in self.agreement.clauses.all()]


class JoiningForm(ItemsForm):
    """Joining with nothing to share would be no membership."""

    def clean_items(self) -> list[str]:
        items: list[str] = self.cleaned_data["items"]
        if not items:
            raise ValidationError(_("Accept at least one item, or decline the invitation."))
        return items


class ReasonForm(forms.Form):
    """A reason that goes to the federation with the message."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class LeavingForm(ReasonForm):
    """The reason, and the digest of what was read about everything that ends."""

    read = forms.CharField(widget=forms.HiddenInput, required=False)


class ApplicationForm(forms.Form):
    """The federation by its address, and a few words."""

    slug = forms.CharField(
        label=_("Address of the federation"),
        max_length=60,
        help_text=_("The first part of its address, for instance “hunan”. Its coordinator can tell you."),
    )
    message = forms.CharField(
        label=_("A few words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].strip().lower().partition(".")[0]
        self.federation: Federation | None = queries.federation_at(slug)
        if self.federation is None:
            raise ValidationError(_("No federation answers at this address."))
        return slug


class EntryForm(forms.ModelForm):  # type: ignore[type-arg]
    """The draft of a directory entry."""

    strengths = forms.CharField(
        label=_("Strengths"),
        max_length=200,
        required=False,
        help_text=_("What others can turn to you for: up to eight short words, separated by commas."),
    )

    class Meta:
        model = Entry
        fields = ["introduction", "strengths", "website", "contact_name", "contact_phone", "contact_agreed"]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["strengths"] = "、".join(self.initial.get("strengths") or [])
        self.fields["contact_phone"].help_text = str(_("The secretariat's number, not a private one."))

    def clean_strengths(self) -> list[str]:
        given = self.cleaned_data["strengths"].replace("，", "、").replace(",", "、").split("、")
        words = [word.strip() for word in given if word.strip()]
        if len(words) > STRENGTHS or any(len(word) > 20 for word in words):
            raise ValidationError(_("Write at most eight words of at most twenty characters each."))
        return words
