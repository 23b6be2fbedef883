"""What is sent to many: to whom of the list, for which page, in which words."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from huiguan.own.models import Mailing
from huiguan.together import own_pages

CHOSEN, ALL = "chosen", "all"


class MailingForm(forms.ModelForm):  # type: ignore[type-arg]
    """Words that are left empty are the usual ones."""

    scope = forms.ChoiceField(label=_("Which members"), widget=forms.RadioSelect)
    to = forms.ChoiceField(label=_("Opens the page"), required=False)

    class Meta:
        model = Mailing
        fields: ClassVar[list[str]] = ["scope", "to", "channel", "whom", "words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "words": _(
                "It stands before the link. In braces, these are filled in: name, member, chamber. Left empty, the"
                " usual words are sent."
            )
        }

    def __init__(self, *args: Any, chosen: int, total: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes: Any = self.fields["scope"]
        offered = [(CHOSEN, _("The {n} that were chosen"), chosen), (ALL, _("All {n} of the list"), total)]
        scopes.choices = [(key, str(text).format(n=n)) for key, text, n in offered if n]
        self.initial.setdefault("scope", scopes.choices[0][0] if scopes.choices else None)
        pages: Any = self.fields["to"]
        pages.choices = [("", _("All my pages")), *((page.url, page.label) for page in own_pages())]
