"""Liaison meetings on a federation's host. [F2]"""

from django.utils.translation import gettext_lazy as _

from federation.liaison import waiting
from federation.liaison.demo import load_demo
from federation.liaison.models import ActionItem, Series, Session, Topic
from huiguan.capability import Capability, Figure, Permission, Place, Resource, Source, register
from huiguan.roles import COORDINATORS, FEDERATION_READERS

SERIES = Resource(
    Series,
    list_fields=["name", "convening", "last_number"],
    form_fields=["name", "purpose", "convening"],
    search_fields=["name"],
    empty=_("A series is what the numbered sessions belong to. Begin with one."),
)
SESSIONS = Resource(
    Session,
    list_fields=["name", "theme", "host_name", "starts_at", "status"],
    detail_fields=["name", "theme", "question", "host_name", "starts_at", "place", "status"],
    search_fields=["theme", "question", "host_name", "place"],
    filter_fields=["status", "series"],
    empty=_("Open a series and convene its first session."),
)
ACTIONS = Resource(
    ActionItem,
    list_fields=["title", "chamber_name", "person", "due_on", "timeliness", "status"],
    detail_fields=[
        "title",
        "session",
        "item",
        "chamber_name",
        "person",
        "due_on",
        "done_on",
        "evidence",
        "answer",
        "status",
    ],
    search_fields=["title", "chamber_name", "person"],
    filter_fields=["status", "chamber_name"],
    empty=_("Action items are given out at a session, each to one chamber with a date."),
)
TOPICS = Resource(
    Topic,
    list_fields=["title", "chamber_name", "created_at", "standing"],
    detail_fields=["title", "detail", "chamber_name", "series", "standing", "answer"],
    prefetch=["agenda_items__session"],
    search_fields=["title", "detail", "chamber_name"],
    filter_fields=["status", "series"],
    empty=_("Chambers propose topics from their own pages and second each other's."),
)
LIAISON = register(
    Capability(
        name="liaison",
        label=_("Liaison meetings"),
        icon="calendar-event",
        order=20,
        place=Place.FEDERATION,
        resources=[SESSIONS, TOPICS, ACTIONS, SERIES],
        permissions=[
            Permission("liaison.view", _("See liaison meetings"), FEDERATION_READERS),
            Permission("liaison.convene", _("Convene sessions, ask hosts, send notices and minutes"), COORDINATORS),
            Permission("liaison.change", _("Keep agendas, attendance, records and action items"), COORDINATORS),
            Permission("liaison.export", _("Export sessions and action items"), COORDINATORS),
        ],
        sources=[Source(_("Liaison meetings"), waiting.items, permission="liaison.change")],
        figures=[
            Figure(_("Open action items"), waiting.open_actions, url="liaison-actionitem-list", icon="checklist"),
            Figure(_("Attendance of the last session"), waiting.last_attendance, unit="%", icon="users-group"),
        ],
        demo=load_demo,
    )
)
