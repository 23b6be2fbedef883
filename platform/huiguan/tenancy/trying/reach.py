"""What each chamber's role can reach, over all tables of all chambers: the database's own wall. [G3]"""

from django.db import ProgrammingError, connection, transaction

from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber
from huiguan.tenancy.trying import throw_away
from huiguan.verifying import Options, Result, Say

PROBES = """
    select count(*), count(*) filter (where has_table_privilege(r.oid, c.oid, 'select, insert, update, delete'))
    from pg_roles r cross join pg_class c join pg_namespace n on n.oid = c.relnamespace
    where r.rolname = any(%s) and c.relkind in ('r', 'v', 'm', 'p', 'S') and n.nspname <> r.rolname
    and (n.nspname = any(%s) or n.nspname = 'public')
"""


def reach(options: Options, say: Say) -> Result:
    """Every pair of a role and a foreign table is asked for; one table of each pair of chambers is read."""
    with throw_away(options["chambers"], say) as chambers:
        names = [each.schema_name for each in chambers]
        probes, reachable = _asked(names)
        say(f"{probes:,} pairs asked")
        tried = [(a, b) for a in chambers for b in chambers if a is not b]
        read = [f"{a.schema_name} read {b.schema_name}" for a, b in tried if _reads(a, b)]
    figure = f"{reachable + len(read)} reachable of {probes:,} foreign tables of {len(names)} chambers"
    details = {"probes": probes, "reachable": reachable, "selects": len(tried), "read": read}
    return Result(figure, not (reachable or read), details)


def _asked(names: list[str]) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(PROBES, [names, names])
        probes, reachable = cursor.fetchone()
    return int(probes), int(reachable)


def _reads(me: Chamber, other: Chamber) -> bool:
    try:
        with in_chamber(me), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'select 1 from "{other.schema_name}".outbox_message')  # noqa: S608
    except ProgrammingError as error:
        return "permission denied" not in str(error)
    return True
