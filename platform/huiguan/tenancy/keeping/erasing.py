"""Erases a chamber for ever: tables, files, role, names, roles, sessions. Its address is given out no more. [G14]"""

import datetime
import logging
import time
import zipfile
from pathlib import Path

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.timezone import now

from huiguan.ciphers import handing, ring
from huiguan.files import storage
from huiguan.tenancy import hosts, provisioning
from huiguan.tenancy.keeping import Impossible, Say, archives, exporting, silent
from huiguan.tenancy.keeping.schemas import alone_with, run
from huiguan.tenancy.models import Chamber, Domain, Opening

log = logging.getLogger(__name__)
REST = datetime.timedelta(days=30)  # suspended before it may be erased [docs/security.md, rule 12]
CLOSED = (Chamber.Status.SUSPENDED, Chamber.Status.ARCHIVED)
BLANK = {"name": "", "short_name": "", "credit_code": "", "host_region": "", "home_region": "", "fingerprint": ""}


def erase(chamber: Chamber, *, confirm: str, kept: Path | None = None, say: Say = silent) -> None:
    """After thirty days of suspension, or at once when `kept` is a whole backup or export made since.

    May be run again after an interruption: it goes on where it was.
    """
    if chamber.status != Chamber.Status.ERASED:
        _refuse(chamber, confirm, kept)
        say("Waiting until no process takes the chamber for open")
        wait_until_closed(chamber)
        say("Dropping the chamber's tables")
        _drop_data(chamber)
    provisioning.drop_schema(chamber.pk)  # its role, which is not part of any database's transaction
    say("Removing files")
    storage.remove_all(chamber.pk)
    say("Ending roles, invitations and sessions")
    _forget_people(chamber)
    _end_sessions(chamber)
    log.info("a chamber was erased", extra={"chamber_id": str(chamber.pk)})


def wait_until_closed(chamber: Chamber) -> None:
    """Other processes go on for some seconds with what they knew of the address."""
    assert chamber.suspended_at is not None, "only a suspended chamber closes"
    left = hosts.SECONDS - (now() - chamber.suspended_at).total_seconds()
    time.sleep(max(0.0, left))


def _refuse(chamber: Chamber, confirm: str, kept: Path | None) -> None:
    if confirm != chamber.name:
        raise Impossible(f"Confirm with the chamber's full name as it is registered; {confirm} is not its name.")
    if chamber.status not in CLOSED or chamber.suspended_at is None:
        raise Impossible(f"{chamber.slug} is open. Run `huiguan chamber suspend {chamber.slug}` first.")
    if kept:
        _refuse_copy(chamber, kept, since=chamber.suspended_at)
    elif now() < chamber.suspended_at + REST:
        day = (chamber.suspended_at + REST).date()
        raise Impossible(f"{chamber.slug} may be erased from {day}, --now needs --after a backup or export made since.")


def _refuse_copy(chamber: Chamber, path: Path, since: datetime.datetime) -> None:
    """What is erased must be whole somewhere else."""
    is_export = path.is_file() and zipfile.is_zipfile(path)
    copy = exporting.checked(path) if is_export else archives.checked(path).manifest
    if copy.key != str(chamber.pk):
        raise Impossible(f"{path} is of {copy.name}, not of {chamber.slug}.")
    made_at = parse_datetime(copy.made_at)
    if made_at is None or made_at < since:
        raise Impossible(f"{path} was made before the chamber was suspended. Make another.")


def _drop_data(chamber: Chamber) -> None:
    """Tables, keys, names and addresses in one transaction of the owner."""
    addresses = list(chamber.domains.values_list("domain", flat=True))
    note = f"erased on {now():%Y-%m-%d}"
    with alone_with(chamber.schema_name):
        handing.destroy(chamber.pk)
        run("drop schema if exists {} cascade", chamber.schema_name)
        domains = Domain.objects.using("owner").filter(tenant_id=chamber.pk)
        domains.update(tenant=None, label="", retired_at=now())
        this = Chamber.objects.using("owner").filter(pk=chamber.pk)
        this.update(status=Chamber.Status.ERASED, note=note, **BLANK)
    ring.forget(chamber.pk)
    for address in addresses:
        hosts.forget(address)


@transaction.atomic
def _forget_people(chamber: Chamber) -> None:
    """Roles end; invitations and the application go without a trail, which would keep names and e-mails."""
    from huiguan.accounts.models import Appointment, Invitation

    for appointment in Appointment.objects.filter(chamber=chamber, ended_at=None):
        appointment.end()
    Invitation._base_manager.filter(chamber=chamber).delete()
    Opening.objects.filter(chamber=chamber).delete()


def _end_sessions(chamber: Chamber) -> None:
    """Those made on its hosts."""
    from huiguan.accounts.models import Session

    Session.objects.filter(host_key=str(chamber.pk)).delete()
