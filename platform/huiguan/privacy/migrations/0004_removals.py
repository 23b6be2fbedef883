
import django.utils.timezone
import huiguan.keys
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0003_wishes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Removal',
            fields=[
                ('id', models.UUIDField(default=huiguan.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('rule', models.CharField(editable=False, max_length=60)),
                ('number', models.PositiveIntegerField(editable=False, verbose_name='records')),
                ('before', models.DateField(editable=False, verbose_name='from before')),
            ],
            options={
                'verbose_name': 'removal by a retention rule',
                'verbose_name_plural': 'removals by retention rules',
                'ordering': ['-id'],
            },
        ),
    ]
