"""A card for a member or one of its people, and many cards at once."""

from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiguan.actors import current_actor
from huiguan.money import YuanField
from tenants.benefits.issuing import issue
from tenants.benefits.models import Card, CardRun


class CardForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new card gets its number when it is saved; of one that was issued the last day can be changed."""

    class Meta:
        model = Card
        fields = ["member", "holder", "valid_until"]
        widgets = {"valid_until": forms.DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            del self.fields["member"], self.fields["holder"]
        else:
            field: Any = self.fields["member"]
            field.queryset = apps.get_model("members", "Member").objects.active()

    def clean_holder(self) -> str:
        return str(self.cleaned_data["holder"]).strip()

    def clean_valid_until(self) -> Any:
        return _not_past(self.cleaned_data["valid_until"])

    def clean(self) -> dict[str, Any]:
        """Whether it can be issued is found out while what was typed still stands there."""
        said: dict[str, Any] = super().clean() or {}
        if self.instance._state.adding and (member := said.get("member")):
            probe = Card(member=member, valid_until=said.get("valid_until") or localdate())
            if why := probe.why_not():
                self.add_error("member", why)
            elif Card.objects.live().filter(member=member, holder=said.get("holder", "")).exists():
                self.add_error("holder", _("This person has a card already. Replace it if it was lost."))
        return said

    def save(self, commit: bool = True) -> Any:
        if self.instance._state.adding:
            return issue(self.instance)
        return super().save(commit)


class PrintForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whose valid cards are set on sheets."""

    class Meta:
        model = CardRun
        fields = ["segment"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["segment"]
        field.queryset = apps.get_model("members", "Segment").objects.seen_by(current_actor())
        field.empty_label = _("All members in good standing")


class RunForm(PrintForm):
    """For whom, until when, and whether they are told."""

    class Meta:
        model = CardRun
        fields = ["segment", "valid_until", "tells"]
        widgets = {"valid_until": forms.DateInput}
        help_texts = {"tells": _("By mail, or by text message where there is no mail address.")}

    def clean_valid_until(self) -> Any:
        return _not_past(self.cleaned_data["valid_until"])


class CountForm(forms.Form):
    """What a phone at a counter says: which offer, on which page, and the bill where it matters."""

    offer: Any = forms.ModelChoiceField(queryset=None)
    key = forms.UUIDField()
    bill_fen = YuanField(label=_("Bill (yuan)"), required=False, min_value=0.01, max_value=1_000_000)
    again = forms.BooleanField(label=_("It is another purchase"), required=False)

    def __init__(self, offers: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offer"].queryset = offers  # type: ignore[attr-defined]


def _not_past(day: Any) -> Any:
    if day and day < localdate():
        raise ValidationError(_("The card would have expired already."))
    return day
