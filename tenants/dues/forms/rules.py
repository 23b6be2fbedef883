"""Rules with their levels on one page, and the resolution that adopts them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.apps import apps
from django.db import transaction
from django.forms import inlineformset_factory
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiguan.bodies import Body
from tenants.dues.models import Level, Ruleset

USUAL = (
    ("会长单位", ("会长", "执行会长", "轮值会长", "监事长")),
    ("副会长单位", ("常务副会长", "副会长", "秘书长")),
    ("理事单位", ("常务理事", "理事", "监事")),
    ("会员", ()),
)
EMPTY_ROWS = 4


class LevelForm(forms.ModelForm):  # type: ignore[type-arg]
    """One row: a name, an amount, the positions it is for."""

    titles = forms.MultipleChoiceField(label=_("Positions"), required=False)

    class Meta:
        model = Level
        fields = ["name", "amount_fen", "titles"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_saved = not self.instance._state.adding
        field: Any = self.fields["titles"]
        field.choices = [(title, title) for title in known_titles(self.instance.titles)]


class RulesetForm(forms.ModelForm):  # type: ignore[type-arg]
    """The rules and, in `levels`, their rows. A draft may be incomplete; adopting it asks for everything."""

    class Meta:
        model = Ruleset
        fields = [
            "title", "effective_from", "due_month", "due_day", "newcomers", "grace_days", "suspend_after_days",
            "talk_after_days", "removal_after_days", "most_levels",
        ]  # fmt: skip
        widgets = {"effective_from": forms.DateInput}
        help_texts = {
            "effective_from": _("A year is assessed by the rules in force on its first of January."),
            "grace_days": _("After the due date, before anything is said to the member."),
            "most_levels": _("Associations may have at most four levels; more only where the charter says so."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance._state.adding
        kind = inlineformset_factory(Ruleset, Level, form=LevelForm, extra=EMPTY_ROWS, can_delete=True)
        usual = [{"name": name, "titles": list(titles)} for name, titles in USUAL]
        given = self.data if self.is_bound else None
        self.levels = kind(given, instance=self.instance, prefix="levels", initial=usual if is_new else None)

    def is_valid(self) -> bool:
        return bool(super().is_valid() & self.levels.is_valid())

    def clean(self) -> dict[str, Any]:
        if self.instance.status != Ruleset.Status.DRAFT:
            raise forms.ValidationError(_("Adopted rules are not edited. Make a new version of them."))
        return super().clean() or {}

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        ruleset = super().save(commit)
        self.levels.instance = ruleset
        for order, form in enumerate(self.levels.forms):
            form.instance.order = order
        self.levels.save()
        return ruleset


class AdoptionForm(forms.Form):
    """Who resolved it, when, under which number."""

    body = forms.ChoiceField(label=_("Resolved by"), choices=Body)
    resolution = forms.CharField(label=_("Resolution"), max_length=80, help_text=_("Number or title of the minutes."))
    resolved_on = forms.DateField(label=_("Resolved on"), initial=localdate)


def known_titles(more: Iterable[str] = ()) -> list[str]:
    """Positions that members of this chamber hold, and the usual ones, the highest first."""
    held = apps.get_model("members", "Position").objects.values_list("title", flat=True).order_by("rank").distinct()
    usual = (title for _name, titles in USUAL for title in titles)
    return list(dict.fromkeys([*usual, *held, *more]))
