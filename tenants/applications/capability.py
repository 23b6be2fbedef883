"""What the applications' folder tells the house."""

from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, Figure, Page, Permission, Resource, Source, register
from huiguan.parts import Moments
from huiguan.retention import Retention
from huiguan.roles import ADMINISTRATORS, READERS, STAFF
from tenants.applications import waiting
from tenants.applications.demo import load_demo
from tenants.applications.erasing import erase_all
from tenants.applications.models import Application, Reception
from tenants.applications.models.applications import FACTS, OF_THE_PERSON
from tenants.applications.of_members import applied, underway

APPLICATION = Resource(
    Application,
    list_fields=["name", "kind", "industry", "referrer", "contact_name", "created_at", "status"],
    detail_fields=[
        "status", *FACTS, "motive", *OF_THE_PERSON, "opinion", "body", "resolution", "resolved_on", "reason", "former",
        "member", "is_own", "consented_at", "erased_on",
    ],
    form="tenants.applications.forms.applying.OfficeForm",
    search_fields=["name", "credit_code", "contact_name", "contact_phone", "industry"],
    filter_fields=["status", "kind"],
    empty=_("Give the address of the form to whoever wants to join, or enter an application that came on paper."),
)  # fmt: skip
APPLICATIONS = register(
    Capability(
        name="applications",
        label=_("Applications to join"),
        icon="user-plus",
        retention=[
            Retention(
                "applications.ended",
                _("Applications that came to nothing"),
                _("As the form tells applicants; the chamber sets the months [PIPL 19]."),
                lambda: Reception.current().months_kept,
                lambda before: Application.objects.to_erase(before=before),
                remove=erase_all,
            )
        ],
        order=14,
        resources=[APPLICATION],
        pages=[Page(_("Form and address"), "applications-settings", "applications.settings")],
        permissions=[
            Permission("applications.view", _("See applications to join"), READERS),
            Permission("applications.review", _("Review applications, write to applicants, welcome members"), STAFF),
            Permission("applications.change", _("Enter and correct applications"), STAFF),
            Permission("applications.decide", _("Record what was resolved about applications"), ADMINISTRATORS),
            Permission("applications.settings", _("Open and close the form of applications"), ADMINISTRATORS),
            Permission("applications.export", _("Export applications"), ADMINISTRATORS),
        ],
        sources=[
            Source(_("Applications to join"), waiting.to_review, permission="applications.review"),
            Source(
                _("Applications to join"), waiting.to_decide, permission="applications.decide", is_of_the_place=True
            ),
        ],
        figures=[
            Figure(_("Applications underway"), underway, url="applications-application-list", icon="user-plus"),
        ],
        moments=[Moments("members.Member", _("Application"), applied)],
        demo=load_demo,
    )
)
