"""A reminder and its words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiguan.deliveries.models.channels import TO_A_PERSON
from tenants.dues.models import ReminderRule


class ReminderRuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """Channels are ticked; a message goes out by each."""

    channels: Any = forms.MultipleChoiceField(
        label=_("channels"), choices=TO_A_PERSON, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ReminderRule
        fields = ["name", "days", "channels", "subject", "body", "is_active"]
