"""What the members' folder keeps, as the standard screens show it."""

from django.utils.translation import gettext_lazy as _

from huiguan.capability import Resource
from tenants.members.models import (
    BulkEdit,
    Consent,
    Contact,
    Group,
    GroupPlace,
    Member,
    Merge,
    Position,
    Proposal,
    RegisterImport,
    Relation,
    Term,
    Touch,
)
from tenants.members.profile import RESEARCHED
from tenants.members.search import search

MEMBER = Resource(
    Member,
    list_fields=[
        "name", "position_titles", "main_contact", "industry", "standing__layer", "standing__score",
        "standing__completeness", "status",
    ],
    form="tenants.members.forms.profile.MemberForm",
    detail_fields=[
        "status", "position_titles", "standing__layer", "standing__score", "standing__completeness", *RESEARCHED,
    ],
    filters="tenants.members.filters.MemberFilters",
    prefetch=["contacts", "positions"],
    related=["contacts", "positions", "groups", "consents"],
    search=search,
    import_url="members-import",
    entitlement="members.add",
    empty=_("Import the register you keep today, or enter the first member by hand."),
    api_name="members",
    api_shown="tenants.members.models.consents.shown_to_partners",
    api_fields=["name", "short_name", "kind", "industry", "region", "products", "joined_on"],
)  # fmt: skip
CONTACT = Resource(
    Contact,
    list_fields=["name", "role", "phone", "member__name"],
    form_fields=["member", "name", "role", "phone", "other_phone", "wechat", "email"],
    search_fields=["name", "phone", "member__name"],
    in_navigation=False,
)
POSITION = Resource(
    Position,
    list_fields=["title", "member__name", "term", "is_rotating", "starts_on", "ends_on"],
    form_fields=["member", "title", "term", "is_rotating", "starts_on", "ends_on"],
    search_fields=["title", "member__name"],
    filter_fields=["title", "term", "is_rotating"],
    empty=_("Positions come with an import, or are entered here with their term."),
)
GROUP = Resource(
    Group,
    list_fields=["name", "kind", "leader_name", "size"],
    form_fields=["name", "kind", "purpose"],
    detail_fields=["kind", "leader_name", "purpose"],
    search_fields=["name", "purpose"],
    filter_fields=["kind"],
    prefetch=["places__member"],
    empty=_("Committees, regional groups and the party branch stand here, each with its leader."),
)
CONSENT = Resource(
    Consent,
    list_fields=["member__name", "purpose", "given_on", "given_by", "withdrawn_on"],
    form="tenants.members.forms.consents.ConsentForm",
    detail_fields=["member__name", "purpose", "given_on", "given_by", "evidence", "withdrawn_on"],
    search_fields=["member__name", "given_by"],
    filter_fields=["purpose"],
    empty=_("Nothing about a member leaves the chamber until the member agreed. Enter here who did, and how."),
)
TOUCH = Resource(
    Touch,
    list_fields=["member__name", "kind", "on", "mood", "by", "status"],
    detail_fields=["member__name", "kind", "status", "on", "contact", "mood", "by", "said"],
    search_fields=["member__name", "said"],
    filter_fields=["status", "kind", "mood"],
    form="tenants.members.forms.touches.TouchForm",
    empty=_("Note here whom you called, met or wrote to, and how they felt: nobody is forgotten then."),
)
MERGE = Resource(
    Merge,
    list_fields=["gone__name", "kept__name", "created_at", "by", "status"],
    filter_fields=["status"],
    in_navigation=False,
)
BULK_EDIT = Resource(
    BulkEdit,
    list_fields=["__str__", "number", "created_at", "by", "status"],
    detail_fields=["what", "said", "number", "created_at", "by", "status"],
    in_navigation=False,
)
RELATION = Resource(
    Relation,
    list_fields=["member__name", "contact", "kind", "other__name", "other_name", "note"],
    form="tenants.members.forms.relations.RelationForm",
    visible=lambda relations, actor: relations if actor.can("members.profile") else relations.none(),
    in_navigation=False,
)
PROPOSAL = Resource(
    Proposal,
    list_fields=["member__name", "what", "said_before", "said_value", "said_by", "created_at", "status"],
    detail_fields=[
        "member__name",
        "what",
        "said_before",
        "said_value",
        "said_by",
        "is_at_once",
        "created_at",
        "status",
    ],
    search_fields=["member__name", "contact__name"],
    filter_fields=["status", "is_at_once"],
    prefetch=["member", "contact", "by_contact"],
    empty=_("Members correct their data by their link. Choose them in the list of members and send them links."),
)
IMPORT = Resource(RegisterImport, list_fields=["filename", "created_at", "status"], in_navigation=False)
PLACE = Resource(
    GroupPlace,
    list_fields=["group__name", "member__name", "is_leader", "represents", "role", "left_on"],
    form_fields=["group", "member", "role"],
    in_navigation=False,
)
TERM = Resource(
    Term,
    list_fields=["number", "starts_on", "ends_on"],
    form_fields=["number", "starts_on", "ends_on"],
    related=["positions"],
    empty=_("Enter the present term of the council, so that positions can be held for it."),
)
RESOURCES = [
    MEMBER,
    TOUCH,
    MERGE,
    BULK_EDIT,
    RELATION,
    CONTACT,
    POSITION,
    GROUP,
    CONSENT,
    PROPOSAL,
    IMPORT,
    PLACE,
    TERM,
]
