"""What the folder of reports tells the house."""

from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, Permission, Resource, Source, register
from huiguan.files.purposes import Kind, Purpose
from huiguan.parts import Moments, OwnPage, Panel
from huiguan.roles import CASHIERS, READERS, STAFF
from tenants.value.demo import load_demo
from tenants.value.making import BUNDLE
from tenants.value.models import Report, ReportRun
from tenants.value.of_members import has_reports, moments_of, reports_of, unread
from tenants.value.waiting import waiting

register(
    Capability(
        name="value",
        label=_("Reports of value"),
        icon="report-analytics",
        order=28,
        home="value-overview",
        resources=[
            Resource(
                Report,
                list_fields=["member", "year", "lines", "saved_fen", "paid_fen", "sent_at", "opened_at", "status"],
                detail_fields=["member", "year", "version", "sent_at", "sent_to", "opened_at"],
                search_fields=["member__search_text"],
                filter_fields=["year", "status"],
                empty=_("Make the reports of a year for all members in one action; read them before they are sent."),
            ),
            Resource(
                ReportRun,
                list_fields=["asked_at", "kind", "year", "whom", "made", "sent", "asked_by"],
                filter_fields=["kind", "year"],
                empty=_("Every making and every sending of many reports stands here."),
            ),
        ],
        permissions=[
            Permission("value.view", _("See reports of value"), READERS),
            Permission("value.make", _("Make reports of value"), STAFF | CASHIERS),
            Permission("value.send", _("Send reports of value"), STAFF),
            Permission("value.export", _("Export reports of value"), STAFF),
        ],
        sources=[Source(_("Reports of value"), waiting, permission="value.make")],
        panels=[Panel("members.Member", "value/_of_member.html", reports_of, order=35)],
        moments=[Moments("members.Member", _("Reports of value"), moments_of)],
        own_pages=[
            OwnPage(
                _("Our reports of value"),
                "value-mine",
                icon="report-analytics",
                order=60,
                waits=unread,
                is_for=has_reports,
            )
        ],
        files=[Purpose(BUNDLE, _("Packed reports of value"), "value.view", frozenset({Kind.ZIP}), 60)],
        demo=load_demo,
    )
)
