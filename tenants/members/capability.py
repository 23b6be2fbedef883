"""What the members' folder tells the house."""

from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, Figure, Page, Permission, Source, Step, register
from huiguan.parts import Moments, OwnPage, Panel
from huiguan.roles import ADMINISTRATORS, READERS, STAFF, Role
from tenants.members import admitting, figures, past, waiting
from tenants.members.demo import load_demo
from tenants.members.engagement import PARTS
from tenants.members.kpis import KPIS
from tenants.members.of_value import PARTS as VALUE_PARTS
from tenants.members.own import waiting as own_waiting
from tenants.members.own.of_members import proposals_of
from tenants.members.people import related_people
from tenants.members.resources import RESOURCES
from tenants.members.retention import RETENTION

MEMBERS = register(
    Capability(
        name="members",
        label=_("Members"),
        icon="users",
        order=10,
        retention=RETENTION,
        resources=RESOURCES,
        pages=[
            Page(_("Engagement"), "members-engagement"),
            Page(_("Profiles"), "members-profiles"),
            Page(_("Segments"), "members-segments"),
            Page(_("Rotation"), "members-rotation"),
            Page(_("Exits"), "members-exits"),
            Page(_("Entered twice"), "members-duplicates", "members.merge"),
        ],
        permissions=[
            Permission("members.view", _("See members"), READERS),
            Permission("members.profile", _("See what was researched about a member"), STAFF | {Role.PRESIDENT}),
            Permission("members.change", _("Enter and change members"), STAFF),
            Permission("members.merge", _("Merge members that were entered twice"), STAFF),
            Permission("members.remove", _("Remove members by a resolution"), ADMINISTRATORS),
            Permission("members.delete", _("Delete members"), ADMINISTRATORS),
            Permission("members.import", _("Import registers"), STAFF),
            Permission("members.export", _("Export members"), STAFF),
        ],
        kpis=KPIS,
        figures=[
            Figure(_("Members"), figures.count_members, url="members-member-list", icon="users", code="count"),
            Figure(
                _("Joined in twelve months"),
                figures.count_joined,
                url="members-member-list",
                icon="user-plus",
                code="joined",
            ),
            Figure(_("Profiles filled"), figures.profiles_filled, "%", url="members-profiles", icon="list-check"),
        ],
        demo=load_demo,
        sources=[
            Source(_("Rotation"), waiting.on_duty, permission="members.view"),
            Source(_("Contacts with members"), waiting.planned, permission="members.change"),
            Source(_("Corrections by members"), own_waiting.proposed, "members.change", is_of_the_place=True),
            Source(_("Members at risk"), waiting.at_risk, permission="members.change"),
        ],
        own_pages=[
            OwnPage(
                _("Our data"),
                "members-own-data",
                icon="clipboard-check",
                order=10,
                hint=_("See what the chamber keeps of us, confirm it, correct it"),
                waits=own_waiting.data_of,
                answered=own_waiting.answered,
            ),
            OwnPage(
                _("Consents and messages"),
                "members-own-consents",
                icon="shield-check",
                order=80,
                hint=_("What we agreed to, and what is sent to me"),
            ),
        ],
        panels=[
            Panel("members.Member", "members/_proposals.html", proposals_of, permission="members.change", order=5),
            Panel(
                "members.Member", "members/_related_people.html", related_people, permission="members.profile", order=20
            ),
        ],
        moments=[
            Moments("members.Member", _("Contacts with the member"), past.touches_of),
            Moments("members.Member", _("Membership"), past.membership_of),
        ],
        engagement=PARTS,
        value=VALUE_PARTS,
        verbs={
            "members.admit": admitting.admit,
            "members.take_back": admitting.take_back,
            "members.alike": admitting.alike,
        },
        charts=[figures.coming_and_going, figures.by_industry, figures.by_layer],
        steps=[Step(_("Import your members"), "members-import", figures.has_members, order=10)],
    )
)
