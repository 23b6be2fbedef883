"""Who leads a group has a place in it: the leader becomes a mark of a place, and gets one where there was none."""

from django.db import migrations, models

MARK = """
update members_groupplace as place set is_leader = true
  from members_group as led where led.id = place.group_id and led.leader_id = place.member_id;
insert into members_groupplace (id, created_at, changed_at, role, is_leader, represents, group_id, member_id)
  select md5(led.id::text || led.leader_id::text)::uuid, now(), now(), '', true, false, led.id, led.leader_id
  from members_group as led where led.leader_id is not null and not exists (
    select 1 from members_groupplace as place where place.group_id = led.id and place.member_id = led.leader_id);
set constraints all immediate;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0007_merges'),
    ]

    operations = [
        migrations.AddField(
            model_name='groupplace',
            name='is_leader',
            field=models.BooleanField(default=False, editable=False, verbose_name='leader of the group'),
        ),
        migrations.AddField(
            model_name='groupplace',
            name='represents',
            field=models.BooleanField(default=False, editable=False, verbose_name='member representative'),
        ),
        migrations.AlterField(
            model_name='groupplace',
            name='left_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='left'),
        ),
        migrations.RunSQL(MARK, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='group',
            name='leader',
        ),
        migrations.AddConstraint(
            model_name='groupplace',
            constraint=models.UniqueConstraint(condition=models.Q(('is_leader', True)), fields=('group',), name='one_leader_per_group'),
        ),
        migrations.AddConstraint(
            model_name='groupplace',
            constraint=models.CheckConstraint(condition=models.Q(('left_on', None), models.Q(('is_leader', False), ('represents', False)), _connector='OR'), name='who_left_a_group_speaks_for_nobody'),
        ),
    ]
