"""The call's form, as the federation built it."""

from typing import Any

from django import forms

from federation.calls.queries import LONGEST_ANSWER, Asked, SeenCall


class AnswerForm(forms.Form):
    """A draft may have gaps; signing may not."""

    def __init__(self, *args: Any, call: SeenCall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in call.questions:
            self.fields[str(question.id)] = _field(question)

    @property
    def words(self) -> dict[str, str]:
        """By the question's key; an empty answer is an empty text."""
        return {key: "" if said is None else str(said) for key, said in self.cleaned_data.items()}


def _field(question: Asked) -> forms.Field:
    if question.kind == "number":
        label = f"{question.label}（{question.unit}）" if question.unit else question.label
        return forms.DecimalField(label=label, min_value=0, max_digits=16, decimal_places=2, required=False)
    return forms.CharField(
        label=question.label, max_length=LONGEST_ANSWER, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
