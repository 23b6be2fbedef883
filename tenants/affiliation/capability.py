"""Federations in the chamber's navigation: joining, what is shared, the directory entry."""

from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, Permission, Source, Step, register
from huiguan.outbox.models import name_subject
from huiguan.parts import Panel
from huiguan.roles import ADMINISTRATORS, READERS, STAFF
from tenants.affiliation.demo import load_demo
from tenants.affiliation.of_members import entries_of
from tenants.affiliation.waiting import has_joined, waiting

name_subject("affiliation.joined", _("Joined a federation"))
name_subject("affiliation.declined", _("Declined an invitation"))
name_subject("affiliation.items_changed", _("Changed the accepted items"))
name_subject("affiliation.left", _("Left a federation"))
name_subject("affiliation.profile_published", _("Published the directory entry"))
name_subject("affiliation.profile_withdrawn", _("Took the directory entry back"))
name_subject("affiliation.applied", _("Applied to a federation"))
name_subject("affiliation.application_withdrawn", _("Withdrew an application"))

register(
    Capability(
        name="affiliation",
        label=_("Federations"),
        icon="affiliate",
        order=80,
        home="affiliation-home",
        permissions=[
            Permission("affiliation.view", _("See federations, accepted items and directories"), READERS),
            Permission("affiliation.draft", _("Write the directory entry"), STAFF),
            Permission("affiliation.change", _("Join and leave federations, choose what is shared"), ADMINISTRATORS),
        ],
        sources=[Source(_("Federations"), waiting, permission="affiliation.change")],
        steps=[Step(_("Join a federation"), "affiliation-home", has_joined, order=40)],
        panels=[Panel("members.Member", "affiliation/_of_member.html", entries_of, order=30)],
        demo=load_demo,
    )
)
