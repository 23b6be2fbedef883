"""Members' own pages among what a chamber has: their links, and the way in. [S1, T12]"""

from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, Permission, Resource, register
from huiguan.own.models import Link, Mailing
from huiguan.own.of_members import links_of
from huiguan.parts import Panel
from huiguan.roles import CASHIERS, STAFF

MAILING = Resource(
    Mailing,
    list_fields=["page_label", "created_at", "by", "number", "round", "status"],
    detail_fields=["page_label", "channel", "whom", "words", "number", "round", "by", "created_at"],
    search_fields=["words", "by"],
    filter_fields=["status"],
    empty=_(
        "Choose members in their list, then “Send links”: each contact gets the own link, and you see who answered."
    ),
)
OWN = register(
    Capability(
        name="own",
        label=_("Members' links"),
        icon="link",
        order=90,
        resources=[
            Resource(
                Link,
                list_fields=["member", "contact_name", "expires_at", "opened_at", "openings", "how_long"],
                detail_fields=["member", "contact_name", "how_long", "expires_at", "opened_at", "openings"],
                search_fields=["member__name", "contact__name"],
                filter_fields=["status"],
                prefetch=["contact", "member"],
                empty=_("A link is made on a member's page. It opens the member's own pages on a phone."),
            ),
            MAILING,
        ],
        permissions=[
            Permission("own.view", _("See members' links"), STAFF | CASHIERS),
            Permission("own.send", _("Make, send and revoke members' links"), STAFF | CASHIERS),
        ],
        panels=[Panel("members.Member", "own/_of_member.html", links_of, permission="own.send", order=15)],
    )
)
