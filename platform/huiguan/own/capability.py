"""Members' own pages among what a chamber has: their links, and the way in. [S1, T12]"""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, Permission, Resource, register
from huiguan.own import entering, views
from huiguan.own.models import Link
from huiguan.own.of_members import links_of
from huiguan.parts import Panel
from huiguan.roles import CASHIERS, STAFF

register(
    Capability(
        name="own",
        label=_("Members' links"),
        icon="link",
        order=90,
        resources=[
            Resource(
                Link,
                list_fields=["member__name", "contact__name", "expires_at", "opened_at", "openings", "how_long"],
                detail_fields=["member__name", "contact__name", "how_long", "expires_at", "opened_at", "openings"],
                search_fields=["member__name", "contact__name"],
                filter_fields=["status"],
                prefetch=["contact", "member"],
                empty=_("A link is made on a member's page. It opens the member's own pages on a phone."),
            )
        ],
        permissions=[
            Permission("own.view", _("See members' links"), STAFF | CASHIERS),
            Permission("own.send", _("Make, send and revoke members' links"), STAFF | CASHIERS),
        ],
        panels=[Panel("members.Member", "own/_of_member.html", links_of, permission="own.send", order=15)],
        urls=[
            path("", entering.start, name="own"),
            path("e/<str:token>", entering.enter, name="own-enter"),
            path("e/<str:token>/<slug:to>", entering.enter, name="own-enter-at"),
            path("again/<str:token>", entering.ask_again, name="own-ask-again"),
            path("ask/", entering.ask, name="own-ask"),
            path("leave/", entering.leave, name="own-leave"),
            path("contacts/<uuid:pk>/link/", views.make, name="own-make"),
            path("members/<uuid:pk>/revocation/", views.revoke_of_member, name="own-revoke-all"),
        ],
    )
)
