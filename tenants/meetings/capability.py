"""Liaison meetings on a chamber's host: what is asked of it, what it says, what it took on. [F2]"""

from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, Permission, Resource, Source, register
from huiguan.outbox.models import name_subject
from huiguan.roles import ADMINISTRATORS, READERS, STAFF
from tenants.meetings import waiting
from tenants.meetings.demo import load_demo
from tenants.meetings.kpis import KPIS
from tenants.meetings.models import ActionReport, Reply

name_subject("meetings.host_answered", _("Answer about hosting a session"))
name_subject("meetings.swap_asked", _("Another chamber asked to take our turn to host"))
name_subject("meetings.swap_withdrawn", _("A swap of hosts taken back"))
name_subject("meetings.swap_answered", _("Answer about taking another chamber's turn"))
name_subject("meetings.topic_proposed", _("Topic for a liaison meeting"))
name_subject("meetings.topic_seconded", _("Topic seconded"))
name_subject("meetings.dates_answered", _("Answer about dates of a session"))
name_subject("meetings.date_proposed", _("Another date proposed from a calendar"))
name_subject("meetings.attendance_answered", _("Delegation to a liaison meeting"))
name_subject("meetings.minutes_approved", _("Minutes approved"))
name_subject("meetings.amendment_asked", _("Amendment of minutes asked for"))
name_subject("meetings.action_reported", _("Report on an action item"))

register(
    Capability(
        name="meetings",
        label=_("Liaison meetings"),
        icon="calendar-event",
        order=70,
        home="meetings-home",
        resources=[
            Resource(
                Reply,
                list_fields=["created_at", "kind", "about", "federation_name"],
                detail_fields=["created_at", "kind", "about", "federation_name", "head", "people", "text"],
                search_fields=["about", "text", "head"],
                filter_fields=["kind"],
                empty=_("What the chamber says to liaison meetings stands here."),
                in_navigation=False,
            ),
            Resource(
                ActionReport,
                list_fields=["title", "session", "due_on", "status"],
                detail_fields=["title", "session", "federation_name", "due_on", "evidence", "remark", "status"],
                search_fields=["title", "evidence", "remark"],
                filter_fields=["status"],
                empty=_("The chamber's work on action items stands here."),
                in_navigation=False,
            ),
        ],
        permissions=[
            Permission("meetings.view", _("See liaison meetings"), READERS),
            Permission("meetings.answer", _("Answer invitations, propose topics, report on action items"), STAFF),
            Permission("meetings.commit", _("Take on hosting, approve minutes"), ADMINISTRATORS),
        ],
        sources=[Source(_("Liaison meetings"), waiting.items, permission="meetings.answer")],
        kpis=KPIS,
        demo=load_demo,
    )
)
