

import huiguan.ciphers.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0002_bodies'),
    ]

    operations = [
        migrations.AlterField(
            model_name='application',
            name='contact_email',
            field=huiguan.ciphers.fields.EncryptedEmailField(blank=True, is_searched=True, max_length=254, verbose_name='e-mail'),
        ),
        migrations.AlterField(
            model_name='application',
            name='contact_phone',
            field=huiguan.ciphers.fields.EncryptedCharField(is_searched=True, max_length=30, verbose_name='mobile'),
        ),
    ]
