

import django.db.models.functions.text
import huiguan.ciphers.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deliveries', '0003_calendar'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='optout',
            name='an_opt_out_is_said_once',
        ),
        migrations.AlterField(
            model_name='delivery',
            name='address',
            field=huiguan.ciphers.fields.EncryptedCharField(is_searched=True, max_length=254, verbose_name='address'),
        ),
        migrations.AlterField(
            model_name='optout',
            name='address',
            field=huiguan.ciphers.fields.EncryptedCharField(is_searched=True, max_length=254, verbose_name='address'),
        ),
        migrations.AlterField(
            model_name='robot',
            name='address',
            field=huiguan.ciphers.fields.EncryptedCharField(max_length=300, verbose_name='webhook address'),
        ),
        migrations.AlterField(
            model_name='robot',
            name='secret',
            field=huiguan.ciphers.fields.EncryptedCharField(blank=True, max_length=100, verbose_name='signing secret'),
        ),
        migrations.AddConstraint(
            model_name='optout',
            constraint=models.UniqueConstraint(models.F('channel'), django.db.models.functions.text.Left('address', 29), models.F('purpose'), condition=models.Q(('status', 'stands')), name='an_opt_out_is_said_once'),
        ),
    ]
