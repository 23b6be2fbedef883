"""Plan and payments on a chamber's host; the operators' pages are declared in `billing.console`."""

from django.utils.translation import gettext_lazy as _

import billing.console.capability  # noqa: F401  # registers the site's part
from billing.demo import load
from huiguan.capability import Capability, Permission, Place, register
from huiguan.roles import CASHIERS

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
        ],
        demo=load,
    )
)
