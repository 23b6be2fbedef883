"""What the benefits' folder keeps, as the standard screens show it."""

from django.utils.translation import gettext_lazy as _

from huiguan.capability import Resource
from tenants.benefits.models import Card, CardRun, Merchant, MerchantList, Offer, Use

RESOURCES = [
    Resource(
        Merchant,
        list_fields=["name", "category", "region", "phone", "agreed_until", "status"],
        detail_fields=[
            "category", "member", "about", "region", "address", "phone", "contact_name", "agreed_on",
            "agreed_until",
        ],
        form="tenants.benefits.forms.offers.MerchantForm",
        search_fields=["name", "about", "address", "contact_name", "member__search_text"],
        filter_fields=["category", "status", "region"],
        related=["offers"],
        empty=_("Enter the first shop that gives your members something."),
    ),
    Resource(
        Offer,
        list_fields=["merchant", "title", "saves", "limits", "ends_on", "status"],
        detail_fields=[
            "merchant", "title", "saves", "terms", "least_fen", "starts_on", "ends_on", "limits",
        ],
        form="tenants.benefits.forms.offers.OfferForm",
        search_fields=["title", "terms", "merchant__name"],
        filter_fields=["merchant__category", "saving", "status"],
        empty=_("Write what a merchant gives to members, on which terms and how often."),
    ),
    Resource(
        Card,
        list_fields=["shown_number", "member", "holder", "member__status", "valid_until", "status"],
        detail_fields=[
            "shown_number", "member", "holder", "issued_on", "issued_by", "valid_until", "replaced_by",
        ],
        form="tenants.benefits.forms.cards.CardForm",
        search_fields=["member__search_text", "holder"],
        filter_fields=["status", "member__status", "year"],
        empty=_("Issue cards for all members in good standing in one action, or one by one."),
    ),
    Resource(
        Use,
        list_fields=[
            "at", "offer__merchant", "offer__title", "card__member", "bill_fen", "saved_fen", "status",
        ],
        detail_fields=[
            "at", "offer__merchant", "offer__title", "card", "card__member", "bill_fen", "saved_fen",
            "counted_by",
        ],
        search_fields=["offer__title", "offer__merchant__name", "card__member__search_text"],
        filters="tenants.benefits.filters.UseFilters",
        empty=_("Uses are counted when a merchant scans a card."),
    ),
    Resource(
        MerchantList,
        list_fields=["filename", "merchants", "offers", "entered_by", "created_at", "status"],
        filter_fields=["status"],
        empty=_("Hand in the list of merchants that you keep: it is shown before it is entered, and can be undone."),
    ),
    Resource(
        CardRun,
        list_fields=["asked_at", "kind", "whom", "issued", "renewed", "left_out", "asked_by"],
        filter_fields=["kind"],
        empty=_("Issue or print cards for many members at once."),
    ),
]  # fmt: skip
