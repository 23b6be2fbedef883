"""The operators' pages of billing, on the site's host."""

from django.utils.translation import gettext_lazy as _

from billing.models import Account, Plan, Subscription
from huiguan.capability import Capability, Permission, Place, Resource, register
from huiguan.roles import OPERATORS

register(
    Capability(
        name="billing",
        label=_("Billing"),
        icon="credit-card",
        order=20,
        place=Place.SITE,
        home="billing-overview",
        resources=[
            Resource(
                Account,
                list_fields=["name", "status", "payment", "trial_end", "behind_since"],
                search_fields=["name", "email"],
                filter_fields=["status", "payment"],
                ordering=["name"],
                related=["subscriptions"],
                empty=_("Chambers appear here when they are opened."),
            ),
            Resource(
                Subscription,
                list_fields=["account", "plan", "status", "period_end", "cancel_at"],
                search_fields=["account__name"],
                filter_fields=["status", "plan"],
                ordering=["-started_at"],
                empty=_("Subscriptions appear here when Stripe tells of them."),
            ),
            Resource(
                Plan,
                list_fields=["name", "price_fen", "interval", "members", "seats", "storage_mb", "is_offered"],
                search_fields=["code"],
                filter_fields=["interval", "is_offered"],
                ordering=["price_fen"],
                empty=_("There are no plans."),
            ),
        ],
        permissions=[
            Permission("billing.view", _("See billing"), OPERATORS),
            Permission("billing.change", _("Change billing"), OPERATORS),
            Permission("billing.export", _("Export billing"), OPERATORS),
            Permission("billing.dun", _("Move an account between its steps"), frozenset()),
        ],
    )
)
