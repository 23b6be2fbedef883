"""Personal information among a chamber's settings: the access log. [T12, 002 §12]"""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from huiguan import personal
from huiguan.capability import Capability, Page, Permission, Resource, Source, register
from huiguan.parts import OwnPage, Panel
from huiguan.privacy import views, views_of_people, views_of_rules, wishes
from huiguan.privacy.demo import load_demo
from huiguan.privacy.models import Access, Erasure, Removal, Wish
from huiguan.retention import Retention
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
            ),
            Resource(
                Wish,
                list_fields=["contact__name", "contact__member__name", "kind", "created_at", "due_on", "status"],
                filter_fields=["status", "kind"],
                search_fields=["contact__name"],
                visible=lambda found, actor: found if actor.can("privacy.people") else found.none(),
                in_navigation=False,
            ),
            Resource(
                Removal,
                list_fields=["what", "created_at", "before", "number"],
                in_navigation=False,
                empty=_("Nothing has been kept long enough yet."),
            ),
            Resource(
                Erasure,
                list_fields=["person", "created_at", "by", "reason", "gone", "blanked", "stays"],
                search_fields=["reason", "by"],
                empty=_("Who asks to be forgotten is found under “Rights of a person”; each erasure stands here."),
            ),
        ],
        pages=[
            Page(_("Rights of a person"), "privacy-people", "privacy.people"),
            Page(_("What is kept how long"), "privacy-retention", "privacy.view"),
        ],
        retention=[
            Retention(
                "privacy.accesses",
                _("Who had personal information shown"),
                _("Records of how personal information was handled are kept for three years [PIPL 56]."),
                36,
                lambda before: Access.objects.filter(created_at__date__lt=before),
            ),
            Retention(
                "privacy.wishes",
                _("Wishes of persons that were answered"),
                _("A complaint about the answer may come within three years [Civil Code 188]."),
                36,
                lambda before: Wish.objects.filter(status=Wish.Status.ANSWERED, changed_at__date__lt=before),
            ),
        ],
        panels=[
            Panel(
                "members.Contact", "privacy/_of_contact.html", views_of_people.of_contact, permission="privacy.people"
            )
        ],
        permissions=[
            Permission("privacy.view", _("See who had personal information shown"), ADMINISTRATORS),
            Permission("privacy.people", _("Hand out what is kept of a person, and erase it"), ADMINISTRATORS),
            Permission("privacy.export", _("Export the access log"), ADMINISTRATORS),
            Permission(personal.WHOLE, _("Read people's numbers and addresses whole"), STAFF),
            Permission(
                personal.REVEAL,
                _("Have a masked number shown, which is written down"),
                STAFF | CASHIERS | {Role.PRESIDENT},
            ),
        ],
        own_pages=[
            OwnPage(
                _("My rights"), "privacy-own", icon="user-shield", order=90, hint=_("A copy of my data, or its erasure")
            )
        ],
        sources=[Source(_("Wishes of persons"), wishes.waiting, permission="privacy.people")],
        demo=load_demo,
        urls=[
            path("reveal/<str:label>/<uuid:pk>/<slug:field>/", views.show, name="privacy-reveal"),
            path("retention/", views_of_rules.retention, name="privacy-retention"),
            path("mine/", wishes.rights, name="privacy-own"),
            path("people/", views_of_people.people, name="privacy-people"),
            path("people/<uuid:pk>/", views_of_people.person, name="privacy-person"),
            path("people/<uuid:pk>/archive/", views_of_people.hand_out, name="privacy-hand-out"),
        ],
    )
)
