"""The delivery log and the settings of sending in the chamber's navigation. [T7]"""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, Permission, Resource, register
from huiguan.deliveries import views
from huiguan.deliveries.models import ApprovedText, Delivery, OptOut, Robot
from huiguan.deliveries.opting_out import opt_out
from huiguan.retention import Retention
from huiguan.roles import ADMINISTRATORS, CASHIERS, STAFF

register(
    Capability(
        name="deliveries",
        label=_("Messages to people"),
        icon="mail-forward",
        order=91,
        retention=[
            Retention(
                "deliveries.ended",
                _("Messages that were sent, or came to nothing"),
                _("Whether somebody was told can matter for two years; after that nobody needs the words."),
                24,
                lambda before: Delivery.objects.ended().filter(created_at__date__lt=before),
            )
        ],
        resources=[
            Resource(
                Delivery,
                list_fields=["subject", "recipient", "masked_address", "channel", "created_at", "status"],
                detail_fields=[
                    "status", "recipient", "masked_address", "channel", "purpose_label", "record_text", "subject",
                    "sent_by", "created_at", "next_attempt_at", "sent_at", "attempts", "last_error", "reference",
                ],
                search_fields=["recipient", "address", "subject", "record_text"],
                filter_fields=["channel", "status", "purpose"],
                empty=_("Whatever is sent to people outside stands here, with what became of it."),
            ),
            Resource(
                OptOut,
                list_fields=["name", "channel", "masked_address", "purpose_label", "created_at", "status"],
                detail_fields=["name", "channel", "masked_address", "purpose_label", "is_own_doing", "created_at"],
                form_fields=["name", "channel", "address", "purpose"],
                search_fields=["name", "address"],
                filter_fields=["channel", "status", "is_own_doing"],
                empty=_("Who wants no messages opts out by the link in each, or tells you, and you enter it here."),
            ),
        ],
        permissions=[
            Permission("deliveries.view", _("Read what was sent to people, word for word"), STAFF | CASHIERS),
            Permission("deliveries.send", _("Send again, and cancel"), STAFF | CASHIERS),
            Permission("deliveries.change", _("Enter opt-outs"), STAFF),
            Permission("deliveries.export", _("Export the delivery log"), ADMINISTRATORS),
        ],
        urls=[
            path("o/<str:token>", opt_out, name="deliveries-opt-out"),
            path("mine/", views.change_wishes, name="deliveries-wishes"),
        ],
    )
)  # fmt: skip

register(
    Capability(
        name="sending",
        label=_("Sending settings"),
        icon="settings",
        order=93,
        home="sending-settings",
        resources=[
            Resource(
                Robot,
                list_fields=["name", "provider", "masked_address"],
                detail_fields=["name", "provider", "masked_address"],
                form="huiguan.deliveries.forms.RobotForm",
                search_fields=["name"],
                filter_fields=["provider"],
                empty=_("Add a robot of a group chat, so that messages can be sent to the group."),
            ),
            Resource(
                ApprovedText,
                list_fields=["purpose", "code", "text"],
                detail_fields=["purpose", "code", "text"],
                form="huiguan.deliveries.forms.ApprovedTextForm",
                search_fields=["code", "text"],
                filter_fields=["purpose"],
                empty=_("Text messages are sent word for word as the provider approved them. Enter what was approved."),
            ),
        ],
        permissions=[
            Permission("sending.view", _("See how the chamber sends"), ADMINISTRATORS),
            Permission("sending.change", _("Change how the chamber sends"), ADMINISTRATORS),
            Permission("sending.delete", _("Remove robots and approved texts"), ADMINISTRATORS),
        ],
        urls=[
            path("settings/", views.change_settings, name="sending-settings"),
            path("robots/<uuid:pk>/trial/", views.try_robot, name="sending-robot-trial"),
        ],
    )
)
