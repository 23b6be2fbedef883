

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ChamberKey',
            fields=[
                ('chamber_id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('master', models.CharField(max_length=16)),
                ('wrapped', models.TextField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='DataKey',
            fields=[
                ('id', models.CharField(max_length=8, primary_key=True, serialize=False)),
                ('chamber_id', models.UUIDField(db_index=True)),
                ('wrapped', models.TextField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('retired_at', models.DateTimeField(null=True)),
            ],
        ),
    ]
