

import huiguan.ciphers.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0005_swaps'),
    ]

    operations = [
        migrations.AlterField(
            model_name='delegate',
            name='email',
            field=huiguan.ciphers.fields.EncryptedEmailField(blank=True, max_length=254, verbose_name='e-mail'),
        ),
    ]
