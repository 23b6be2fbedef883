"""By what the list of those to visit is narrowed, beside what narrows the list of members."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.apps import apps
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiguan.actors import Actor
from huiguan.months import months_after
from huiguan.screens.converters import is_uuid

MONTHS = (3, 6, 12, 24)
NEVER = "never"


class CoverageForm(forms.Form):
    """Who was not visited for how long, whether a visit is planned, and which segment."""

    unseen = forms.ChoiceField(
        label=_("not visited"),
        required=False,
        choices=[
            ("", "---------"),
            *((str(n), format_lazy(_("for {n} months"), n=n)) for n in MONTHS),
            (NEVER, _("never yet")),
        ],
    )
    planned = forms.ChoiceField(
        label=_("next visit"),
        required=False,
        choices=[("", "---------"), ("no", _("none planned")), ("yes", _("planned"))],
    )
    segment = forms.ChoiceField(label=_("segment"), required=False)

    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(data)
        self.segments = {str(s.pk): s for s in apps.get_model("members", "Segment").objects.seen_by(actor)}
        named = [(key, segment.name) for key, segment in self.segments.items()]
        self.fields["segment"].choices = [("", "---------"), *named]  # type: ignore[attr-defined]

    def narrow(self, members: Any, query: Mapping[str, Any]) -> Any:
        """`members` know their last and next visit. A segment that is gone finds nobody."""
        if since := _since(query.get("unseen", "")):
            members = members.filter(Q(last_visited_on=None) | Q(last_visited_on__lt=since))
        if query.get("unseen") == NEVER:
            members = members.filter(last_visited_on=None)
        if query.get("planned") in ("yes", "no"):
            members = members.filter(next_visit_on__isnull=query["planned"] == "no")
        if key := query.get("segment"):
            members = members.filter(pk__in=self._members_of(key))
        return members

    def said(self, query: Mapping[str, Any]) -> list[dict[str, str]]:
        """What the address asks, in words."""
        found = []
        for name, field in self.fields.items():
            known = {str(key): str(text) for key, text in field.choices}  # type: ignore[attr-defined]
            if (value := query.get(name)) and value in known:
                found.append({"name": name, "label": str(field.label), "value": known[value]})
        return found

    def _members_of(self, key: str) -> Any:
        segment = self.segments.get(key) if is_uuid(key) else None
        return segment.members().order_by().values("pk") if segment else []


def _since(said: str) -> datetime.date | None:
    return months_after(localdate(), -int(said)) if said in map(str, MONTHS) else None
