"""Adopted minutes are never changed, not even together with their digest. [docs/decisions/0081]"""

from django.db import migrations

GUARD = """
create function liaison_adopted_minutes_stay() returns trigger language plpgsql as $$
begin
    if old.adopted_at is not null and (
        tg_op = 'DELETE' or new.adopted_at is null
        or (new.text, new.digest, new.version, new.session_id)
            is distinct from (old.text, old.digest, old.version, old.session_id)
    ) then
        raise exception 'adopted minutes are never changed' using errcode = 'integrity_constraint_violation';
    end if;
    return coalesce(new, old);
end $$;
create trigger liaison_adopted_minutes before update or delete on liaison_minutes
    for each row execute function liaison_adopted_minutes_stay();
"""
UNGUARD = """
drop trigger liaison_adopted_minutes on liaison_minutes;
drop function liaison_adopted_minutes_stay();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('liaison', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(GUARD, UNGUARD),
    ]
