"""The site's first pages: what this is, and opening a chamber."""

from typing import Any

from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from huiguan import access, regions
from huiguan.access import page
from huiguan.pinyin import full
from huiguan.tenancy import onboarding
from huiguan.tenancy.models import Chamber, Opening
from huiguan.tenancy.provisioning import check_slug


class OpeningForm(forms.ModelForm[Opening]):
    """What a chamber says of itself when it applies. [T1]"""

    class Meta:
        model = Opening
        fields = ["name", "kind", "slug", "host_region", "home_region", "contact_name", "contact_email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("host_region", "home_region"):
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label, choices=regions.choices, required=False
            )
        self.fields["slug"].required = False
        text = _("Small letters and digits, then “.%(base)s” follows. Leave it empty for a suggestion from the name.")
        self.fields["slug"].help_text = text % {"base": settings.BASE_DOMAIN}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("slug") and data.get("name"):
            data["slug"] = self.instance.slug = suggest_slug(data["name"])
        if data.get("slug"):
            self._check_slug(data["slug"])
        return data

    def _check_slug(self, slug: str) -> None:
        try:
            check_slug(slug)
        except forms.ValidationError as error:
            self.add_error("slug", " ".join(error.messages))


def suggest_slug(name: str) -> str:
    """A free address from the pinyin of a name: the place's name without 省, 市 and 商会."""
    short = name
    for word in ("商会", "协会", "联合会", "市", "省", "县"):
        short = short.replace(word, "")
    base = "".join(c for c in full(short[-6:]) if c.isalnum())[:24] or "chamber"
    base = base if base[0].isalpha() else f"c{base}"
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, 1000))) if onboarding.is_free(s))


@page(access.PUBLIC)
def home(request: Any) -> HttpResponse:
    """What Huiguan is; for an operator, where their pages are."""
    return render(request, "site/home.html", {"kinds": Chamber.Kind.labels})


@csp_update({"form-action": [f"*.{settings.BASE_DOMAIN}:*"]})  # the answer leads to the new chamber's host
@page(access.PUBLIC)
def open_a_chamber(request: Any) -> HttpResponse:
    """An instant trial: the chamber is open on its address when the answer arrives."""
    form = OpeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = onboarding.open_now(form.save(commit=False))
        if opened:
            return redirect(opened)
        form.add_error(None, str(_("All prepared rooms are taken just now. Try again in a few seconds.")))
    return render(request, "site/open.html", {"form": form})
