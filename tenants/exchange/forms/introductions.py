"""What people say in an introduction until both know each other's contact."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from federation.matching.models import ExpressionOfInterest


class WordsForm(forms.Form):
    """A few words to the other secretariat."""

    text = forms.CharField(label=_("Message"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class QuestionForm(WordsForm):
    """A question without words asks nothing."""

    text = forms.CharField(label=_("Message"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))


class ContactForm(forms.Form):
    """Whom the other side may call."""

    contact_name = forms.CharField(label=_("Contact"), max_length=40)
    contact_phone = forms.CharField(label=_("Telephone"), max_length=30)

    def clean_contact_phone(self) -> str:
        phone: str = self.cleaned_data["contact_phone"].strip()
        if sum(character.isdigit() for character in phone) < 7:
            raise ValidationError(_("A telephone number has at least seven digits."))
        return phone


class AcceptForm(WordsForm, ContactForm):
    """Accepting agrees to the introduction: the contact goes along, unseen until the other side gives its own."""

    field_order = ("contact_name", "contact_phone", "text")


class DeclineForm(WordsForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=ExpressionOfInterest.Reason.choices)

    field_order = ("reason", "text")
