"""Notices and data calls on a federation's host. [F3]"""

from django.utils.translation import gettext_lazy as _

from federation.calls import waiting
from federation.calls.demo import load_demo
from federation.calls.models import Call, Receipt
from huiguan.capability import Capability, Page, Permission, Place, Resource, Source, register
from huiguan.roles import COORDINATORS, FEDERATION_READERS

CALLS = Resource(
    Call,
    list_fields=["__str__", "issuer", "due_on", "status"],
    form_fields=["title", "issuer", "text", "due_on", "first_day", "last_day", "names_chambers"],
    detail_fields=["title", "issuer", "text", "due_on", "first_day", "last_day", "names_chambers", "sent_at", "status"],
    search_fields=["title", "issuer", "text"],
    filter_fields=["status"],
    empty=_("Write a notice; ask figures in it, and it is a data call. Then send it to the chambers."),
)
REPORTING = register(
    Capability(
        name="calls",
        label=_("Notices and data calls"),
        icon="clipboard-text",
        order=30,
        place=Place.FEDERATION,
        resources=[
            CALLS,
            Resource(
                Receipt,
                list_fields=["chamber_name", "call", "status", "version", "timeliness"],
                detail_fields=["chamber_name", "call", "status", "version", "timeliness", "reason"],
                prefetch=["call__questions"],
                related=["submissions", "files"],
                search_fields=["chamber_name", "call__title"],
                filter_fields=["status", "call"],
                empty=_("Once a call is sent, each chamber's answer stands here."),
            ),
        ],
        permissions=[
            Permission("calls.view", _("See notices and data calls"), FEDERATION_READERS),
            Permission("calls.change", _("Write, send and close calls; accept and return answers"), COORDINATORS),
        ],
        pages=[Page(_("On time"), "calls-punctuality", "calls.view")],
        sources=[Source(_("Notices and data calls"), waiting.items, permission="calls.change")],
        demo=load_demo,
    )
)
