"""Notices and data calls on a federation's host. [F3]"""

from django.utils.translation import gettext_lazy as _

from federation.calls import waiting
from federation.calls.demo import load_demo
from federation.calls.models import Call, Receipt
from huiguan.capability import Capability, Permission, Place, Resource, Source, register
from huiguan.roles import COORDINATORS, FEDERATION_READERS

register(
    Capability(
        name="calls",
        label=_("Notices and data calls"),
        icon="clipboard-text",
        order=30,
        place=Place.FEDERATION,
        resources=[
            Resource(
                Call,
                list_fields=["title", "issuer", "due_on", "status"],
                form_fields=["title", "issuer", "text", "due_on", "names_chambers"],
                detail_fields=["title", "issuer", "text", "due_on", "names_chambers", "sent_at", "status"],
                related=["questions", "receipts"],
                search_fields=["title", "issuer", "text"],
                filter_fields=["status"],
                empty=_("Write a notice; ask figures in it, and it is a data call. Then send it to the chambers."),
            ),
            Resource(
                Receipt,
                list_fields=["chamber_name", "call", "status", "version"],
                detail_fields=["chamber_name", "call", "status", "version", "reason"],
                related=["submissions"],
                search_fields=["chamber_name", "call__title"],
                filter_fields=["status", "call"],
                empty=_("Once a call is sent, each chamber's answer stands here."),
            ),
        ],
        permissions=[
            Permission("calls.view", _("See notices and data calls"), FEDERATION_READERS),
            Permission("calls.change", _("Write, send and close calls; accept and return answers"), COORDINATORS),
        ],
        sources=[Source(_("Notices and data calls"), waiting.items, permission="calls.change")],
        demo=load_demo,
    )
)
