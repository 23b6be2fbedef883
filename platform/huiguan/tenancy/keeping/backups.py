"""Backs one chamber up while its people work: dump, counts and public rows are of one moment."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.utils.timezone import localtime, now

from huiguan.ciphers.handing import rows_for_a_backup
from huiguan.tenancy.keeping import Impossible, Say, archives, contents, dumps, silent
from huiguan.tenancy.keeping.archives import Manifest
from huiguan.tenancy.models import Chamber

FIELDS = ("slug", "name", "short_name", "kind", "host_region", "home_region", "credit_code", "accent")


def back_up(chamber: Chamber, target: Path | None = None, say: Say = silent) -> tuple[Path, Manifest]:
    """One file, read back before it has its name. Into `backups` of the run folder when no file is named."""
    path = _place(target or default_place(chamber))
    with TemporaryDirectory(dir=path.parent, prefix=".dump-") as folder:
        dump = Path(folder) / archives.SQL
        with transaction.atomic(using="owner"):
            snapshot = _snapshot()
            say("Dumping the chamber's tables")
            dumps.write(chamber.schema_name, snapshot, dump)
            say("Counting rows")
            tables, public = dumps.fingerprints_of(chamber.schema_name), public_rows(chamber)
            objects = contents.objects_of(chamber.schema_name)
        say(f"Copying {len(objects)} files")
        files = contents.copy_out(chamber, objects, Path(folder) / "files", say)
        contents.tell_lost(files.lost, say)
        manifest = _manifest(chamber, tables, archives.sha256_of(dump), files)
        say(f"Writing and reading back {path}")
        archives.write(path, manifest, public, dump, Path(folder) / "files")
    return path, manifest


def default_place(chamber: Chamber) -> Path:
    return Path(settings.RUN_DIR) / "backups" / f"{chamber.slug}-{localtime():%Y%m%d-%H%M%S}.tar.gz"


def public_rows(chamber: Chamber) -> dict[str, Any]:
    """Its row, its addresses, and who has which role: e-mails and names, and nothing that anybody signs in with.

    Its data keys can be read by whoever has the chamber's own key, which stays in this database alone.
    """
    from huiguan.accounts.models import Appointment

    held = Appointment._base_manager.using("owner").filter(chamber_id=chamber.pk, ended_at=None)
    domains = chamber.domains.using("owner").filter(retired_at=None, is_primary=False)
    return {
        "keys": rows_for_a_backup(chamber.pk),
        "chamber": {name: getattr(chamber, name) for name in FIELDS} | {"opened_at": chamber.opened_at.isoformat()},
        "domains": list(domains.values_list("domain", flat=True)),
        "appointments": list(held.order_by("created_at").values("person__email", "person__name", "role")),
    }


def _snapshot() -> str:
    """One moment for this transaction and for pg_dump."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        cursor.execute("select pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def _manifest(chamber: Chamber, tables: dict[str, list[Any]], sha256: str, files: contents.Copied) -> Manifest:
    return Manifest(
        slug=chamber.slug,
        name=chamber.name,
        key=str(chamber.pk),
        schema_name=chamber.schema_name,
        fingerprint=chamber.fingerprint,
        made_at=now().isoformat(),
        tables=tables,
        sha256=sha256,
        files=files.objects,
        lost=files.lost,
    )


def _place(path: Path) -> Path:
    path = path.absolute()
    if path.exists():
        raise Impossible(f"{path} is there already; name another file.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Impossible(f"{path.parent} cannot be written: {error.strerror}.") from error
    return path
