"""The register on a federation's host: members and what they share, ways in, agreement, directory."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from federation.registry.demo import load_demo
from federation.registry.directory import directory
from federation.registry.models import Application, Membership, MembershipInvitation, SharingAgreement
from federation.registry.waiting import count_members, waiting
from huiguan.capability import Capability, Figure, Permission, Place, Resource, Source, register
from huiguan.roles import COORDINATORS, FEDERATION_READERS

MATRIX = ["since_directory", "since_liaison", "since_matching", "since_data_calls", "since_benchmarking"]

register(
    Capability(
        name="registry",
        label=_("Member chambers"),
        icon="users",
        order=10,
        place=Place.FEDERATION,
        resources=[
            Resource(
                Membership,
                list_fields=["chamber_name", "status", "joined_on", *MATRIX],
                detail_fields=[
                    "chamber_name",
                    "short_name",
                    "kind",
                    "region_name",
                    "home_region_name",
                    "is_lead",
                    "joined_on",
                    "left_on",
                    "item_labels",
                ],
                search_fields=["chamber_name", "short_name"],
                filter_fields=["status", "kind"],
                related=["acceptances"],
                ordering=["status", "joined_on", "id"],
                prefetch=["acceptances"],
                empty=_("Invite the first chamber. It reads the sharing agreement and chooses what it accepts."),
            ),
            Resource(
                MembershipInvitation,
                list_fields=["chamber_name", "status", "expires_on", "invited_on", "answer"],
                detail_fields=["chamber_name", "message", "invited_on", "expires_on", "answer"],
                search_fields=["chamber_name"],
                filter_fields=["status"],
                empty=_("Whom you invite stands here until it has answered."),
            ),
            Resource(
                Application,
                list_fields=["chamber_name", "status", "kind", "home_region_name", "received_on"],
                detail_fields=[
                    "chamber_name",
                    "kind",
                    "region_name",
                    "home_region_name",
                    "message",
                    "received_on",
                    "answer",
                ],
                search_fields=["chamber_name"],
                filter_fields=["status", "kind"],
                empty=_("Chambers that ask to join stand here."),
            ),
            Resource(
                SharingAgreement,
                list_fields=["__str__", "issued_on", "changes"],
                detail_fields=["issued_on", "changes"],
                empty=_("The agreement that chambers read item by item stands here, with every version."),
            ),
        ],
        permissions=[
            Permission("registry.view", _("See members, invitations and the agreement"), FEDERATION_READERS),
            Permission("registry.change", _("Invite and admit chambers, change the sharing agreement"), COORDINATORS),
            Permission("registry.export", _("Export the member chambers"), COORDINATORS),
            Permission("registry.receive", _("Join, leave, accept items: only the chamber itself"), frozenset()),
        ],
        sources=[Source(_("Member chambers"), waiting, permission="registry.change")],
        figures=[Figure(_("Member chambers"), count_members, url="registry-membership-list", icon="users")],
        demo=load_demo,
    )
)
register(
    Capability(
        name="directory",
        label=_("Directory"),
        icon="address-book",
        order=12,
        place=Place.FEDERATION,
        home="directory",
        permissions=[Permission("directory.view", _("Read the directory"), FEDERATION_READERS)],
        urls=[path("", directory, name="directory")],
    )
)
