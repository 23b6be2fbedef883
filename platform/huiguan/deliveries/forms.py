"""What people say about sending."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiguan.deliveries.models import ApprovedText, Notice, Preference, Robot, SendingSettings
from huiguan.deliveries.models.channels import TO_A_PERSON


class SettingsForm(forms.ModelForm[SendingSettings]):
    class Meta:
        model = SendingSettings
        fields = ["sender_name", "reply_to", "quiet_from", "quiet_until", "sms_signature"]
        widgets = {"quiet_from": forms.TimeInput, "quiet_until": forms.TimeInput}
        help_texts = {
            "sender_name": _("What recipients read as the sender. Empty is the name of the chamber."),
            "reply_to": _("A mailbox that somebody reads."),
            "quiet_from": _("What falls into these hours waits until they end. Equal times: no quiet hours."),
            "sms_signature": _("As the provider approved it, without brackets: it stands as 【…】 before each text."),
        }


class RobotForm(forms.ModelForm[Robot]):
    """What is secret is not shown again: an empty field leaves it as it is."""

    class Meta:
        model = Robot
        fields = ["name", "provider", "address", "secret"]
        widgets = {"address": forms.PasswordInput, "secret": forms.PasswordInput}
        help_texts = {
            "name": _("The group it writes to, for instance “Leaders of the chamber”."),
            "address": _("Copy it from the robot in the group chat. Who knows it can write there."),
            "secret": _("DingTalk (加签) and Feishu (签名校验), when the robot asks for a signature."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.fields["address"].required = False
            for name in ("address", "secret"):
                self.fields[name].widget.attrs["placeholder"] = _now("unchanged")

    def clean_address(self) -> str:
        return str(self.cleaned_data["address"] or self.instance.address)

    def clean_secret(self) -> str:
        return str(self.cleaned_data["secret"] or self.instance.secret)


class ApprovedTextForm(forms.ModelForm[ApprovedText]):
    class Meta:
        model = ApprovedText
        fields = ["purpose", "code", "text"]
        help_texts = {
            "code": _("For instance SMS_123456789, as the provider's console shows it."),
            "text": _(
                "Word for word as approved, with its variables: ${name}, ${chamber}, ${subject}, ${body} and what the "
                "message brings along. A link to opt out ends with /deliveries/o/${optout}. The newest text counts."
            ),
        }


class WishesForm(forms.Form):
    """By which channels a colleague hears what."""

    def __init__(self, *args: Any, person_id: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person_id = person_id
        for notice in Notice:
            self.fields[notice.name.lower()] = forms.MultipleChoiceField(
                label=notice.label,
                choices=TO_A_PERSON,
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=Preference.channels_for(person_id, notice),
            )

    def save(self) -> None:
        for notice in Notice:
            found = Preference.objects.filter(person_id=self.person_id, notice=notice).first()
            wish = found or Preference(person_id=self.person_id, notice=notice)
            wish.channels = self.cleaned_data[notice.name.lower()]
            wish.save()
