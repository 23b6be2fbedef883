"""When a figure was sent decides what it counts for, not when it arrived."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('benchmarking', '0001_initial'),
    ]

    operations = [
        migrations.RenameField('submission', 'received_at', 'sent_at'),
    ]
