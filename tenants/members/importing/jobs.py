"""What is long is done by the worker: it reads, imports or undoes as the person who asked, and tells how far it is."""

import datetime
import logging
from collections.abc import Callable, Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiguan.accounts.standing import standing_of
from huiguan.actors import Actor, acting_as, current_actor
from huiguan.limits import TooMuch
from huiguan.progress import FRESH_SECONDS, first_in_a_while, found, kept, report
from huiguan.spreadsheets.problems import Refused
from huiguan.states import WrongState
from huiguan.tenancy.binding import current_chamber
from huiguan.tenancy.hosts import Host
from huiguan.trail import take_turn
from tenants.members.importing.reading import read_now
from tenants.members.models import RegisterImport

log = logging.getLogger(__name__)
WORK: Mapping[str, Callable[[RegisterImport], None]] = {
    RegisterImport.Job.READ: read_now,
    RegisterImport.Job.APPLY: RegisterImport.apply,
    RegisterImport.Job.UNDO: RegisterImport.undo,
}


def wake(source: RegisterImport) -> None:
    """Tell the worker that there is something to do."""
    from tenants.members.tasks import work_on_import

    chamber = current_chamber()
    assert chamber is not None, "imports are a chamber's"
    work_on_import.delay(str(chamber.pk), str(source.pk), get_language())


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
        if failure := _try(source):
            _keep_failure(source, failure)
        report("finishing", 1, 1)


def _try(source: RegisterImport) -> str:
    """Why it could not be done; empty if it was."""
    try:
        with transaction.atomic(), acting_as(_who_asked(source)):
            WORK[source.job](source)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        return _said(error)
    return ""


def _who_asked(source: RegisterImport) -> Actor:
    return (
        standing_of(source.asked_by, Host("chamber", chamber=current_chamber())) if source.asked_by else current_actor()
    )


def _keep_failure(source: RegisterImport, failure: str) -> None:
    with transaction.atomic():
        take_turn()
        source.refresh_from_db(from_queryset=RegisterImport.objects.select_for_update())
        source.job, source.failure = "", failure[:500]
        source.save()


def _said(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "".join(error.messages)
    if isinstance(error, Refused | WrongState):
        return str(error)
    if isinstance(error, TooMuch):
        return _("The file is too large or too complicated to be read. Split it into several files.")
    if isinstance(error, PermissionDenied):
        return _("Whoever asked for it may no longer import registers.")
    log.exception("work on an import failed")
    return _("It failed by a fault of the program. Nothing was changed.")
