

import huiguan.ciphers.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0004_own_review'),
    ]

    operations = [
        migrations.AlterField(
            model_name='listing',
            name='contact_phone',
            field=huiguan.ciphers.fields.EncryptedCharField(blank=True, max_length=30, verbose_name='telephone'),
        ),
    ]
