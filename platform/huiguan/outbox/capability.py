"""The sharing ledger as a page: the chamber reads word for word what left, to whom, why and when. [T6]"""

from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, Permission, Resource, register
from huiguan.outbox.models import Message
from huiguan.roles import ADMINISTRATORS, READERS

register(
    Capability(
        name="ledger",
        label=_("Sharing ledger"),
        icon="send",
        order=90,
        resources=[
            Resource(
                Message,
                list_fields=["created_at", "subject", "record_text", "recipient", "basis", "state"],
                detail_fields=[
                    "created_at",
                    "subject",
                    "recipient",
                    "basis",
                    "sender",
                    "state",
                    "delivered_at",
                ],
                search_fields=["record_text", "recipient", "name", "sent_by"],
                filter_fields=["name", "state"],
                ordering=["-created_at", "-id"],
                empty=_("Nothing has left this chamber yet. Whatever does will stand here word for word."),
            )
        ],
        permissions=[
            Permission("ledger.view", _("Read the sharing ledger"), READERS),
            Permission("ledger.export", _("Export the sharing ledger"), ADMINISTRATORS),
        ],
    )
)
