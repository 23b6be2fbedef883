"""What the members' folder tells the house."""

from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, Figure, Permission, Resource, Step, register
from huiguan.roles import ADMINISTRATORS, READERS, STAFF
from tenants.members import figures
from tenants.members.demo import load_demo
from tenants.members.kpis import KPIS
from tenants.members.models import Consent, Contact, Group, GroupPlace, Member, Position, RegisterImport, Term
from tenants.members.search import search

register(
    Capability(
        name="members",
        label=_("Members"),
        icon="users",
        order=10,
        resources=[
            Resource(
                Member,
                list_fields=["name", "kind", "position_titles", "main_contact", "industry", "joined_on", "status"],
                form_fields=[
                    "kind",
                    "name",
                    "short_name",
                    "former_name",
                    "credit_code",
                    "legal_representative",
                    "industry",
                    "products",
                    "registered_capital_wan",
                    "joined_on",
                    "joined_precision",
                    "native_place",
                    "referrer",
                    "region",
                    "address",
                    "remarks",
                ],
                detail_fields=[
                    "kind",
                    "status",
                    "position_titles",
                    "short_name",
                    "former_name",
                    "credit_code",
                    "legal_representative",
                    "industry",
                    "products",
                    "registered_capital_wan",
                    "joined",
                    "native_place",
                    "referrer",
                    "region",
                    "address",
                    "remarks",
                ],
                filter_fields=["status", "kind", "industry", "positions__title", "groups__group"],
                prefetch=["contacts", "positions"],
                related=["contacts", "positions", "groups", "consents"],
                search=search,
                import_url="members-import",
                entitlement="members.add",
                empty=_("Import the register you keep today, or enter the first member by hand."),
                api_name="members",
                api_shown="tenants.members.models.consents.shown_to_partners",
                api_fields=["name", "short_name", "kind", "industry", "region", "products", "joined_on"],
            ),
            Resource(
                Contact,
                list_fields=["name", "role", "phone", "member__name"],
                form_fields=["member", "name", "role", "phone", "other_phone", "wechat", "email"],
                search_fields=["name", "phone", "member__name"],
                in_navigation=False,
            ),
            Resource(
                Position,
                list_fields=["title", "member__name", "term", "is_rotating", "starts_on", "ends_on"],
                form_fields=["member", "title", "term", "is_rotating", "starts_on", "ends_on"],
                search_fields=["title", "member__name"],
                filter_fields=["title", "term", "is_rotating"],
                empty=_("Positions come with an import, or are entered here with their term."),
            ),
            Resource(
                Group,
                list_fields=["name", "kind", "leader__name", "size"],
                form_fields=["name", "kind", "leader", "purpose"],
                search_fields=["name", "purpose"],
                filter_fields=["kind"],
                related=["places"],
                prefetch=["places"],
                empty=_("Committees, regional groups and the party branch stand here, each with its leader."),
            ),
            Resource(
                Consent,
                list_fields=["member__name", "purpose", "given_on", "given_by", "withdrawn_on"],
                form_fields=["member", "purpose", "given_on", "given_by", "evidence", "withdrawn_on"],
                search_fields=["member__name", "given_by"],
                filter_fields=["purpose"],
                empty=_(
                    "Nothing about a member leaves the chamber until the member agreed. Enter here who did, and how."
                ),
            ),
            Resource(
                RegisterImport,
                list_fields=["filename", "created_at", "status"],
                in_navigation=False,
            ),
            Resource(
                GroupPlace,
                list_fields=["group__name", "member__name", "role"],
                form_fields=["group", "member", "role"],
                in_navigation=False,
            ),
            Resource(
                Term,
                list_fields=["number", "starts_on", "ends_on"],
                form_fields=["number", "starts_on", "ends_on"],
                empty=_("Enter the present term of the council, so that positions can be held for it."),
            ),
        ],
        permissions=[
            Permission("members.view", _("See members"), READERS),
            Permission("members.change", _("Enter and change members"), STAFF),
            Permission("members.delete", _("Delete members"), ADMINISTRATORS),
            Permission("members.import", _("Import registers"), STAFF),
            Permission("members.export", _("Export members"), STAFF),
        ],
        kpis=KPIS,
        figures=[
            Figure(_("Members"), figures.count_members, url="members-member-list", icon="users"),
            Figure(_("Joined in twelve months"), figures.count_joined, url="members-member-list", icon="user-plus"),
        ],
        demo=load_demo,
        charts=[figures.coming_and_going, figures.by_industry],
        steps=[Step(_("Import your members"), "members-import", figures.has_members, order=10)],
    )
)
