"""What the visits' folder tells the house."""

from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, Figure, Page, Permission, Source, register
from huiguan.files.purposes import Purpose
from huiguan.parts import EngagementPart, Moments, Panel
from huiguan.roles import READERS, STAFF, Role
from tenants.visits import coverage, waiting
from tenants.visits.actions import PHOTO
from tenants.visits.demo import load_demo
from tenants.visits.kpis import KPIS
from tenants.visits.of_members import being_visited, visited_on, visits_made, visits_of
from tenants.visits.of_value import PARTS as VALUE_PARTS
from tenants.visits.resources import RESOURCES

WEIGHT = 2  # of a visit, beside the contacts of all kinds

VISITS = register(
    Capability(
        name="visits",
        label=_("Visits"),
        icon="map-pin",
        order=12,
        home="visits-coverage",
        resources=RESOURCES,
        pages=[Page(_("Coverage"), "visits-coverage"), Page(_("Route"), "visits-route")],
        permissions=[
            Permission("visits.view", _("See visits"), READERS),
            Permission("visits.findings", _("See what was found on visits"), STAFF | {Role.PRESIDENT}),
            Permission("visits.change", _("Plan visits, put them off, cancel them"), STAFF),
            Permission("visits.record", _("Record visits"), STAFF | {Role.PRESIDENT}),
            Permission("visits.export", _("Export visits"), STAFF),
        ],
        kpis=KPIS,
        sources=[
            Source(_("Visits"), waiting.my_visits, permission="visits.record"),
            Source(_("Visits"), waiting.unseen, permission="visits.change", is_of_the_place=True),
        ],
        figures=[
            Figure(
                _("Visited in twelve months"),
                coverage.share,
                "%",
                url="visits-coverage",
                icon="map-pin",
                code="covered",
            ),
        ],
        panels=[Panel("members.Member", "visits/_of_member.html", visits_of, order=15)],
        moments=[Moments("members.Member", _("Visits"), visits_made)],
        value=VALUE_PARTS,
        engagement=[
            EngagementPart("visits", _("Visits"), WEIGHT, being_visited, is_contact=True, contacted_on=visited_on)
        ],
        files=[Purpose(PHOTO, _("Pictures of a visit"), "visits.findings", most_megabytes=25)],
        demo=load_demo,
    )
)
