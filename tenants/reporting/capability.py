"""Notices and data calls on a chamber's host: what is asked of it, what it answers. [F3]"""

from django.utils.translation import gettext_lazy as _

from federation.calls.shapes import MOST_FILE_MEGABYTES
from huiguan.capability import Capability, Permission, Resource, Source, register
from huiguan.files.purposes import DOCUMENTS, Purpose
from huiguan.outbox.models import name_subject
from huiguan.roles import ADMINISTRATORS, READERS, STAFF
from tenants.reporting import actions, waiting
from tenants.reporting.attaching import PURPOSE
from tenants.reporting.demo import load_demo
from tenants.reporting.models import Answer

name_subject("reporting.call_seen", _("Call confirmed as read"))
name_subject("reporting.answer_signed", _("Answer to a data call"), at_refusal=actions.follow_refusal)
name_subject("reporting.answer_withdrawn", _("Answer to a data call withdrawn"), at_refusal=actions.follow_refusal)

register(
    Capability(
        name="reporting",
        label=_("Notices and data calls"),
        icon="clipboard-text",
        order=72,
        home="reporting-home",
        resources=[
            Resource(
                Answer,
                list_fields=["title", "federation_name", "status", "changed_at"],
                detail_fields=["title", "federation_name", "is_seen", "status"],
                search_fields=["title"],
                filter_fields=["status"],
                empty=_("What the chamber answers to calls stands here."),
                in_navigation=False,
            )
        ],
        permissions=[
            Permission("reporting.view", _("See notices and data calls"), READERS),
            Permission("reporting.answer", _("Confirm notices and draft answers"), STAFF),
            Permission("reporting.sign", _("Sign answers, so that they leave, and withdraw them"), ADMINISTRATORS),
        ],
        files=[
            Purpose(
                PURPOSE,
                _("File of an answer"),
                "reporting.view",
                kinds=DOCUMENTS,
                most_megabytes=MOST_FILE_MEGABYTES,
            )
        ],
        sources=[Source(_("Notices and data calls"), waiting.items, permission="reporting.answer")],
        demo=load_demo,
    )
)
