"""How long the register keeps what it does not need for its members any more."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiguan.retention import Retention
from tenants.members.models import Contact, ImportedRow, Member, Proposal, RegisterImport


def forget_files(rows: Any) -> int:
    """With the spreadsheets they were read from, which hold the same."""
    found = list(rows.order_by().values_list("pk", "source"))
    for source in RegisterImport.objects.filter(pk__in={key for _row, key in found}):
        source.content = None
        source.save(update_fields=["content"])
    ImportedRow.objects.filter(pk__in=[key for key, _source in found]).remove()
    return len(found)


RETENTION = [
    Retention(
        "members.contacts",
        _("Contacts of members who left"),
        _("A claim of either side can be brought for three years [Civil Code 188]."),
        36,
        lambda before: Contact.objects.filter(member__status=Member.Status.LEFT, member__left_on__lt=before),
    ),
    Retention(
        "members.imported_rows",
        _("Rows of registers that were imported or given up"),
        _("For a year somebody may ask what the spreadsheet said, and undo the import."),
        12,
        lambda before: ImportedRow.objects.filter(source__changed_at__date__lt=before, source__job=""),
        remove=forget_files,
    ),
    Retention(
        "members.proposals",
        _("Corrections by members that were decided"),
        _("The register's own trail says what was changed."),
        24,
        lambda before: Proposal.objects.exclude(status=Proposal.Status.OPEN).filter(changed_at__date__lt=before),
    ),
]
