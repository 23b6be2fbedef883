"""The list of members and a member's page: the standard screens, with what is particular to members."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from huiguan.screens.lists import RecordList
from huiguan.screens.records import RecordDetail, read_at_once
from tenants.members import standings
from tenants.members.models import Consent, Contact, Member, Position
from tenants.members.views.chambers import chamber_of
from tenants.members.views.engagement import standing_of
from tenants.members.views.profile import profile_of
from tenants.members.views.segments import chips

TOLD_OFTEN = {"contacts": Contact, "positions": Position, "consents": Consent}


class MemberList(RecordList):
    """Can be sorted by how members stand, so that is worked out first where it is due."""

    table_template = "members/_records.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        standings.refresh()
        return super().get(request, *args, **kwargs)

    def bulk_actions(self) -> Any:
        if self.actor.can("members.change"):
            yield {"name": "change", "label": _("Change a field"), "url": reverse("members-change-many")}
        if self.actor.can("own.send"):
            yield {"name": "links", "label": _("Send links"), "url": reverse("own-mailing-send")}
        yield from super().bulk_actions()
        if self.actor.can("members.merge"):
            yield {"name": "merge", "label": _("Merge two"), "url": reverse("members-merge-chosen")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = chips(self.request)
        is_kept = any(chip["current"] for chip in shown)
        return {**super().get_context_data(**kwargs), "segments": shown, "is_kept": is_kept}


class MemberDetail(RecordDetail):
    """The researched profile in sections, each edited where it stands. An entry that was merged leads on."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            merged = Member._base_manager.filter(pk=kwargs["pk"]).exclude(merged_into=None).first()
            if merged is None:
                raise
        messages.info(request, _("“{name}” was merged into this entry.").format(name=merged))
        return redirect("members-member-detail", pk=merged.merged_into_id)

    def get_queryset(self) -> Any:
        """With what several parts of the page tell of it."""
        read = (Prefetch(name, read_at_once(model._default_manager, "member")) for name, model in TOLD_OFTEN.items())
        return super().get_queryset().select_related("standing").prefetch_related(*read, "earlier")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for part in (profile_of, standing_of, chamber_of):
            context |= part(self.object, self.actor)
        return context
