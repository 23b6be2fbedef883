"""The audit trail as a page of the chamber. [T5]"""

from django.utils.translation import gettext_lazy as _

from huiguan.audit.models import Entry
from huiguan.capability import Capability, Permission, Resource, register
from huiguan.roles import ADMINISTRATORS, Role

register(
    Capability(
        name="audit",
        label=_("Audit trail"),
        icon="history",
        order=95,
        resources=[
            Resource(
                Entry,
                list_fields=["at", "who", "verb_label", "kind_label", "record_text"],
                detail_fields=[
                    "number",
                    "at",
                    "who",
                    "verb_label",
                    "record_text",
                    "kind_label",
                    "what_changed",
                    "digest",
                ],
                search_fields=["actor", "record_text", "verb"],
                filter_fields=["model", "verb", "actor"],
                empty=_("Every change that people make here is written down by itself."),
            )
        ],
        permissions=[
            Permission("audit.view", _("See the audit trail"), ADMINISTRATORS | {Role.SUPERVISOR}),
            Permission("audit.export", _("Export the audit trail"), ADMINISTRATORS | {Role.SUPERVISOR}),
        ],
    )
)
