

import huiguan.ciphers.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('dues', '0008_quicker_lists'),
    ]

    operations = [
        migrations.AlterField(
            model_name='bankstatement',
            name='account',
            field=huiguan.ciphers.fields.EncryptedCharField(blank=True, max_length=40, verbose_name='account'),
        ),
        migrations.AlterField(
            model_name='invoicerequest',
            name='address',
            field=huiguan.ciphers.fields.EncryptedCharField(blank=True, max_length=160, verbose_name='registered address and telephone'),
        ),
        migrations.AlterField(
            model_name='invoicerequest',
            name='bank',
            field=huiguan.ciphers.fields.EncryptedCharField(blank=True, max_length=120, verbose_name='bank and account'),
        ),
        migrations.AlterField(
            model_name='invoicerequest',
            name='email',
            field=huiguan.ciphers.fields.EncryptedEmailField(max_length=254, verbose_name='e-mail'),
        ),
        migrations.AlterField(
            model_name='statementline',
            name='party_account',
            field=huiguan.ciphers.fields.EncryptedCharField(blank=True, max_length=40, verbose_name='account'),
        ),
    ]
