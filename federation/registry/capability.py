"""The register on a federation's host: who is a member and shares what, invitations, applications, directory, agreement."""

from django.utils.translation import gettext_lazy as _

from federation.registry.models import Membership
from huiguan.capability import Capability, Permission, Place, Resource, register
from huiguan.roles import COORDINATORS, FEDERATION_READERS

register(
    Capability(
        name="registry",
        label=_("Members"),
        icon="users",
        order=10,
        place=Place.FEDERATION,
        resources=[Resource(Membership, list_fields=["chamber_name", "joined_on", "item_labels"], search_fields=["chamber_name"])],
        permissions=[
            Permission("registry.view", _("See the member chambers and the directory"), FEDERATION_READERS),
            Permission("registry.change", _("Invite chambers and change the sharing agreement"), COORDINATORS),
        ],
    )
)
