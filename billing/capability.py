"""Plan and payments on a chamber's host; the operators' pages are declared in `billing.console`."""

from django.utils.translation import gettext_lazy as _

import billing.console.capability  # noqa: F401  # registers the site's part
from billing.demo import load
from huiguan.capability import Capability, Page, Permission, Place, register
from huiguan.roles import ADMINISTRATORS, CASHIERS

register(
    Capability(
        name="billing",
        label=_("Plan and payments"),
        icon="credit-card",
        order=900,
        place=Place.CHAMBER,
        home="billing-home",
        permissions=[
            Permission("billing.view", _("See the plan and its invoices"), CASHIERS),
            Permission("billing.change", _("Choose, pay and cancel the plan"), CASHIERS),
            Permission("billing.receive", _("Connect the account that members pay into"), ADMINISTRATORS),
        ],
        pages=[
            Page(_("Your plan"), "billing-home", permission="billing.view"),
            Page(_("Receiving account"), "billing-receiving", permission="billing.view"),
        ],
        demo=load,
    )
)
