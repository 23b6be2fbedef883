"""What a chamber writes about how it is done."""

from django import forms

from tenants.benchmarks.models import Practice


class PracticeForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Practice
        fields = ["title", "text"]
