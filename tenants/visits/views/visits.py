"""The list of visits and one visit's page: the standard screens, with what is particular to visits."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from huiguan.files.models import KeptFile
from huiguan.screens.lists import RecordList
from huiguan.screens.records import RecordDetail
from tenants.visits.actions import PHOTO
from tenants.visits.models import Need, Visit


class VisitList(RecordList):
    def bulk_actions(self) -> Any:
        if self.actor.can("visits.change"):
            yield {"name": "postpone", "label": _("Postpone"), "url": reverse("visits-many", args=["postpone"])}
            cancel = reverse("visits-many", args=["cancel"])
            yield {"name": "cancel", "label": _("Cancel the visit"), "url": cancel, "danger": True}


class VisitDetail(RecordDetail):
    """With what was heard, for those who may read it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, visit = super().get_context_data(**kwargs), self.object
        context["facts"] = [fact for fact in context["facts"] if fact.text not in ("", "0")]
        context["person"] = visit.contact or visit.member.contacts.exclude(phone="").first()
        if self.actor.can("visits.record") and visit.status == Visit.Status.MADE:
            context["more_url"] = reverse("visits-record", args=[visit.pk])
        if self.actor.can("visits.findings"):
            context |= {
                "difficulties": list(visit.difficulties.select_related("followup").order_by("id")),
                "needs": [{"need": n, "exchange_url": self._exchange_url(n)} for n in visit.needs.order_by("id")],
                "photos": list(KeptFile.objects.about(visit, PHOTO)),
            }
        return context

    def _exchange_url(self, need: Need) -> str:
        return exchange_url(need) if self.actor.can("exchange.change") and need.status == Need.Status.OPEN else ""


class NeedDetail(RecordDetail):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, need = super().get_context_data(**kwargs), self.object
        if self.actor.can("exchange.change") and need.status == Need.Status.OPEN:
            context["exchange_url"] = exchange_url(need)
        return context


def exchange_url(need: Need) -> str:
    """Where it is written into the exchange, with its words; empty in a house without one."""
    try:
        new = reverse("exchange-listing-new")
    except NoReverseMatch:
        return ""
    known: dict[str, str] = {
        "kind": "need",
        "member": str(need.visit.member_id),
        "title": need.title,
        "text": need.text,
    }
    return f"{new}?{urlencode(known)}"
