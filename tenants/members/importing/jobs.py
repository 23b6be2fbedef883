"""What is long is done by the worker: it reads, imports or undoes as the person who asked, and tells how far it is."""

import datetime
from collections.abc import Callable, Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiguan.errands import attempt
from huiguan.limits import TooMuch
from huiguan.progress import FRESH_SECONDS, first_in_a_while, found, kept, report
from huiguan.tenancy.binding import bound_chamber
from huiguan.trail import take_turn
from tenants.members.importing.reading import read_now
from tenants.members.models import RegisterImport

WORK: Mapping[str, Callable[[RegisterImport], None]] = {
    RegisterImport.Job.READ: read_now,
    RegisterImport.Job.APPLY: RegisterImport.apply,
    RegisterImport.Job.UNDO: RegisterImport.undo,
}
REASONS = {
    TooMuch: _("The file is too large or too complicated to be read. Split it into several files."),
    PermissionDenied: _("Whoever asked for it may no longer import registers."),
}


def wake(source: RegisterImport) -> None:
    """Tell the worker that there is something to do."""
    from tenants.members.tasks import work_on_import

    work_on_import.delay(str(bound_chamber().pk), str(source.pk), get_language())


def wake_again(source: RegisterImport) -> None:
    """When a wake-up was lost, or the worker ended in the middle: whoever looks at the page sends another."""
    is_late = source.asked_at is not None and now() - source.asked_at > datetime.timedelta(seconds=FRESH_SECONDS)
    if is_late and not found(source.pk) and first_in_a_while(f"woken-{source.pk}"):
        transaction.on_commit(lambda: wake(source), robust=True)


def carry_out(source: RegisterImport) -> None:
    """All of it or nothing; what hinders it is kept for the page. Without a database it ends, and is asked again."""
    if found(source.pk):
        return  # another worker is at it
    with kept(source.pk):
        report("begun")
        if failure := attempt(lambda: WORK[source.job](source), source.asked_by, REASONS):
            _keep_failure(source, failure)
        report("finishing", 1, 1)


def _keep_failure(source: RegisterImport, failure: str) -> None:
    with transaction.atomic():
        take_turn()
        source.refresh_from_db(from_queryset=RegisterImport.objects.select_for_update())
        source.job, source.failure = "", failure[:500]
        source.save()
