"""Partners, on a chamber's host."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from api.views import grants
from huiguan.capability import Capability, Permission, register
from huiguan.roles import ADMINISTRATORS, Role

register(
    Capability(
        name="partners",
        label=_("Partners"),
        icon="plug-connected",
        order=93,
        home="partners",
        permissions=[
            Permission("partners.view", _("See partners and what they called"), ADMINISTRATORS | {Role.SUPERVISOR}),
            Permission("partners.change", _("Let partners in and take it back"), ADMINISTRATORS),
        ],
        urls=[
            path("", grants.grants, name="partners"),
            path("new/", grants.new_grant, name="new-partner"),
            path("<uuid:pk>/", grants.grant, name="partner"),
            path("<uuid:pk>/revocation/", grants.revoke_grant, name="revoke-partner"),
        ],
    )
)
