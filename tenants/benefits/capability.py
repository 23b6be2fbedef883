"""What the benefits' folder tells the house."""

from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, Figure, Permission, Source, register
from huiguan.files.purposes import Kind, Purpose
from huiguan.parts import EngagementPart, Moments, OwnPage, Panel, ValuePart, Worth
from huiguan.roles import READERS, STAFF
from tenants.benefits import figures
from tenants.benefits.demo import load_demo
from tenants.benefits.of_members import cards_of, has_card, moments_of, using
from tenants.benefits.of_value import saved
from tenants.benefits.printing import SHEETS
from tenants.benefits.resources import RESOURCES
from tenants.benefits.waiting import waiting

register(
    Capability(
        name="benefits",
        label=_("Benefits"),
        icon="discount",
        order=25,
        home="benefits-overview",
        resources=RESOURCES,
        permissions=[
            Permission("benefits.view", _("See benefits"), READERS),
            Permission("benefits.change", _("Enter merchants and offers"), STAFF),
            Permission("benefits.issue", _("Issue, replace and print cards"), STAFF),
            Permission("benefits.count", _("Count uses by hand, take them back"), STAFF),
            Permission("benefits.export", _("Export benefits"), STAFF),
        ],
        sources=[Source(_("Benefits"), waiting, permission="benefits.change", is_of_the_place=True)],
        figures=[
            Figure(
                _("Saved by members this year"), figures.saved_this_year, _("yuan"), "benefits-overview", code="saved"
            ),
            Figure(
                _("Valid member cards"), figures.cards_in_use, url="benefits-card-list", icon="id-badge-2", code="cards"
            ),
        ],
        panels=[Panel("members.Member", "benefits/_of_member.html", cards_of, order=30)],
        own_pages=[OwnPage(_("Our member card"), "benefits-mine", icon="id-badge-2", order=30, is_for=has_card)],
        moments=[Moments("members.Member", _("Benefits"), moments_of)],
        engagement=[EngagementPart("benefits", _("Benefits used"), 1, using)],
        value=[ValuePart("benefits", _("Offers used with the member card"), Worth.SAVED, saved, order=10)],
        files=[Purpose(SHEETS, _("Sheets of member cards"), "benefits.issue", frozenset({Kind.PDF}), 60)],
        demo=load_demo,
    )
)
