"""What the coordinator fills in: one question of a call, a template of the authority's report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from federation.calls import reporting, shapes
from federation.calls.models.questions import Question
from huiguan.files.contents import Content
from huiguan.offered import offers

PARTS_HELP = _("One a line. A table's column holds figures when its unit stands in brackets: 合同引资额（万元）.")


class QuestionForm(forms.ModelForm):  # type: ignore[type-arg]
    """`data-for` names the kinds that a field belongs to: the page hides the others."""

    parts = forms.CharField(
        label=_("Choices or columns"),
        required=False,
        help_text=PARTS_HELP,
        widget=forms.Textarea(attrs={"rows": 4, "data-for": "choice table"}),
    )
    source = forms.ChoiceField(
        label=_("Chambers find it in their records"),
        required=False,
        help_text=_("Each chamber's draft is filled from its own records; a person there checks it."),
        widget=forms.Select(attrs={"data-for": "number"}),
    )

    class Meta:
        model = Question
        fields = ("label", "kind", "unit", "parts", "source")
        widgets = {"unit": forms.TextInput(attrs={"data-for": "number"}), "kind": forms.RadioSelect}

    def __init__(self, *args: Any, question: Question | None = None, **kwargs: Any) -> None:
        if question is not None:
            held = {name: getattr(question, name) for name in ("label", "kind", "unit", "source")}
            kwargs["initial"] = {**held, "parts": shapes.lines_of(question.parts)}
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", _("No, they write it")), *_offered()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        return {**said, "parts": shapes.parts_of(said.get("kind", ""), said.get("parts") or "")}

    def _post_clean(self) -> None:
        """The call's own verb checks the question as a whole."""


class ChangeForm(QuestionForm):
    """Of a question that is there."""

    question_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, question: Question | None = None, **kwargs: Any) -> None:
        super().__init__(*args, question=question, **kwargs)
        if question is not None:
            self.fields["question_id"].initial = question.pk


class TemplateForm(forms.Form):
    """The authority's file, looked into before it is taken."""

    file = forms.FileField(
        label=_("Word or Excel file"), widget=forms.FileInput(attrs={"accept": reporting.TEMPLATE.accept})
    )

    def clean_file(self) -> Content:
        return reporting.examine(self.cleaned_data["file"])


class KeyForm(forms.Form):
    """Names a question."""

    question_id = forms.UUIDField(widget=forms.HiddenInput)


def _offered() -> list[tuple[str, str]]:
    return [
        (offer.name, f"{offer.label}（{offer.unit}）" if offer.unit else str(offer.label))
        for offer in offers().values()
    ]
