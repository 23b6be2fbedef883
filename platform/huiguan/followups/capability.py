"""Follow-ups in the chamber's navigation, and in the tasks of their owners."""

from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, Permission, Resource, Source, register
from huiguan.followups.models import FollowUp
from huiguan.followups.waiting import mine
from huiguan.roles import ADMINISTRATORS, CASHIERS, LEADERS, READERS, STAFF

register(
    Capability(
        name="followups",
        label=_("Follow-ups"),
        icon="checklist",
        order=70,
        resources=[
            Resource(
                FollowUp,
                list_fields=["title", "record_text", "owner", "due_label", "status"],
                detail_fields=["title", "record_text", "why", "owner", "due_on", "status", "result", "reason"],
                search_fields=["title", "record_text", "owner"],
                filter_fields=["status"],
                empty=_("What was promised for a member or a meeting stands here until it is done, with its owner."),
            )
        ],
        permissions=[
            Permission("followups.view", _("See follow-ups"), READERS),
            Permission("followups.change", _("Report on follow-ups, hand them over"), STAFF | CASHIERS | LEADERS),
            Permission("followups.export", _("Export follow-ups"), ADMINISTRATORS),
        ],
        sources=[Source(_("Follow-ups"), mine, permission="followups.change")],
    )
)
