"""Personal information among a chamber's settings: the access log. [T12, 002 §12]"""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from huiguan import personal
from huiguan.capability import Capability, Permission, Resource, register
from huiguan.privacy import views
from huiguan.privacy.models import Access
from huiguan.roles import ADMINISTRATORS, CASHIERS, STAFF, Role

register(
    Capability(
        name="privacy",
        label=_("Personal information"),
        icon="shield-lock",
        order=96,
        resources=[
            Resource(
                Access,
                list_fields=["created_at", "who_in_words", "how", "record_text", "what", "number", "reason"],
                detail_fields=["created_at", "who_in_words", "how", "kind", "record_text", "what", "number", "reason"],
                search_fields=["who", "record_text", "reason"],
                filter_fields=["how", "who"],
                empty=_("Whoever has a masked number shown, or exports numbers, is written down here."),
            )
        ],
        permissions=[
            Permission("privacy.view", _("See who had personal information shown"), ADMINISTRATORS),
            Permission("privacy.export", _("Export the access log"), ADMINISTRATORS),
            Permission(personal.WHOLE, _("Read people's numbers and addresses whole"), STAFF),
            Permission(
                personal.REVEAL,
                _("Have a masked number shown, which is written down"),
                STAFF | CASHIERS | {Role.PRESIDENT},
            ),
        ],
        urls=[path("reveal/<str:label>/<uuid:pk>/<slug:field>/", views.show, name="privacy-reveal")],
    )
)
