"""Finds what belongs to nobody: objects whose row was never committed, or is gone while the storage did not answer."""

import datetime
import logging

from django.utils.timezone import now

from huiguan.files import storage
from huiguan.files.models import KeptFile
from huiguan.tenancy.models import Chamber

log = logging.getLogger(__name__)
GRACE = datetime.timedelta(hours=24)  # longer than any transaction that is about to name its object


def sweep(chamber: Chamber) -> int:
    """Remove the bound chamber's orphans; returns how many. What the storage has lost is written to the log."""
    found = set(storage.names(chamber.pk))  # looked at first: whatever is kept meanwhile is no orphan
    known = {name for kept in KeptFile.objects.iterator(1000) for name in kept.object_names}
    orphans = [name for name in found - known if storage.written_at(chamber.pk, name) < now() - GRACE]
    storage.remove(chamber.pk, orphans)
    lost = known - found - set(storage.names(chamber.pk))
    if lost:
        log.error("files are not in the storage", extra={"chamber": str(chamber.pk), "objects": sorted(lost)[:20]})
    return len(orphans)
