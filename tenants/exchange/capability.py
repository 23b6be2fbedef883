"""The exchange in the chamber's navigation: needs and offers, introductions."""

from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, Figure, Page, Permission, Resource, Source, register
from huiguan.outbox.models import name_subject
from huiguan.parts import ConsentEnd, EngagementPart, Moments, Panel
from huiguan.roles import ADMINISTRATORS, READERS, STAFF
from tenants.exchange import consent_ends
from tenants.exchange.demo import load_demo
from tenants.exchange.figures import live_listings, waiting_introductions
from tenants.exchange.kpis import KPIS
from tenants.exchange.models import Listing, SavedSearch
from tenants.exchange.of_members import listings_of, published_for, taking_part
from tenants.exchange.of_value import PARTS as VALUE_PARTS
from tenants.exchange.waiting import waiting

name_subject("exchange.profile_published", _("Published a need or an offer"))
name_subject("exchange.profile_withdrawn", _("Took a need or an offer back"))
name_subject("exchange.interest_sent", _("Showed interest"))
name_subject("exchange.interest_answered", _("Answered an interest"))
name_subject("exchange.contact_disclosed", _("Gave a contact"))
name_subject("exchange.meeting_noted", _("Noted a meeting"))
name_subject("exchange.agreement_reported", _("Reported an agreement"))
name_subject("exchange.no_deal_reported", _("Reported no agreement"))
name_subject("exchange.delivery_reported", _("Reported a delivery"))
name_subject("exchange.outcome_reported", _("Reported a result"))
name_subject("exchange.dispute_raised", _("Reported a dispute"))
name_subject("exchange.mediation_asked", _("Asked for mediation"))
name_subject("exchange.dispute_settled", _("Reported a dispute settled"))
name_subject("exchange.profile_reviewed", _("Read another's need or offer"))
name_subject("exchange.mediation_reported", _("Reported a mediation"))

register(
    Capability(
        name="exchange",
        label=_("Exchange"),
        icon="arrows-exchange",
        order=85,
        resources=[
            Resource(
                Listing,
                list_fields=["title", "kind", "category_label", "region_names", "ends_on", "status"],
                detail_fields=[
                    "kind", "text", "category_label", "region_names", "region_hard", "amount", "price",
                    "starts_on", "ends_on", "slots", "lead_time_hours", "is_told", "visibility", "is_named", "member",
                    "beneficiary", "member_agreed_on", "contact_name", "contact_phone", "recipient", "version",
                    "published_at",
                ],
                search_fields=["title", "text"],
                filter_fields=["kind", "status"],
                form="tenants.exchange.forms.ListingForm",
                api_name="listings",
                api_form=True,
                api_fields=[
                    "kind", "title", "text", "category", "regions", "region_hard", "amount", "price",
                    "starts_on", "ends_on", "slots", "lead_time_hours", "status", "version",
                ],
                empty=_("Write what the chamber or a member needs or can give. Nothing leaves before you publish it."),
            ),
            Resource(
                SavedSearch,
                list_fields=["name", "kind", "words", "category_label", "region_name", "status"],
                detail_fields=["name", "kind", "words", "category_label", "region_name"],
                search_fields=["name", "words"],
                filter_fields=["kind", "status"],
                form="tenants.exchange.forms.SavedSearchForm",
                in_navigation=False,
                empty=_("Search what others publish and save the search: you are told when something new fits."),
            ),
        ],
        pages=[
            Page(_("What others publish"), "exchange-shelf"),
            Page(_("Introductions"), "exchange-introductions"),
            Page(_("Statistics"), "exchange-statistics"),
        ],
        permissions=[
            Permission("exchange.view", _("See needs, offers, matches and introductions"), READERS),
            Permission("exchange.change", _("Write needs and offers"), STAFF),
            Permission("exchange.export", _("Export needs and offers"), STAFF),
            Permission("exchange.publish", _("Publish and take back"), ADMINISTRATORS),
            Permission("exchange.agree", _("Show interest, answer, and give contacts"), ADMINISTRATORS),
        ],
        kpis=KPIS,
        sources=[Source(_("Exchange"), waiting, permission="exchange.agree")],
        figures=[
            Figure(
                _("Published needs and offers"),
                live_listings,
                url="exchange-listing-list",
                icon="arrows-exchange",
                code="published",
            ),
            Figure(
                _("Introductions waiting"),
                waiting_introductions,
                url="exchange-introductions",
                icon="users",
                is_of_the_place=False,  # the federation's records tell of them
            ),
        ],
        panels=[Panel("members.Member", "exchange/_of_member.html", listings_of, order=60)],
        moments=[Moments("members.Member", _("Needs and offers"), published_for)],
        consent_ends=[ConsentEnd("matching", consent_ends.told, consent_ends.end)],
        engagement=[EngagementPart("exchange", _("Needs and offers"), 2, taking_part, is_contact=True)],
        value=VALUE_PARTS,
        demo=load_demo,
    )
)  # fmt: skip
