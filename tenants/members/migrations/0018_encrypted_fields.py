
import huiguan.ciphers.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0017_quicker_lists'),
    ]

    operations = [
        migrations.AlterField(
            model_name='contact',
            name='email',
            field=huiguan.ciphers.fields.EncryptedEmailField(blank=True, is_searched=True, max_length=254, verbose_name='e-mail'),
        ),
        migrations.AlterField(
            model_name='contact',
            name='other_phone',
            field=huiguan.ciphers.fields.EncryptedCharField(blank=True, is_searched=True, max_length=60, verbose_name='other number'),
        ),
        migrations.AlterField(
            model_name='contact',
            name='phone',
            field=huiguan.ciphers.fields.EncryptedCharField(blank=True, is_searched=True, max_length=30, verbose_name='mobile'),
        ),
        migrations.AlterField(
            model_name='contact',
            name='wechat',
            field=huiguan.ciphers.fields.EncryptedCharField(blank=True, is_searched=True, max_length=40, verbose_name='WeChat'),
        ),
        migrations.AlterField(
            model_name='importedrow',
            name='before',
            field=huiguan.ciphers.fields.EncryptedJSONField(null=True),
        ),
        migrations.AlterField(
            model_name='importedrow',
            name='extras',
            field=huiguan.ciphers.fields.EncryptedJSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='importedrow',
            name='fields',
            field=huiguan.ciphers.fields.EncryptedJSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='importedrow',
            name='problems',
            field=huiguan.ciphers.fields.EncryptedJSONField(default=list),
        ),
        migrations.AlterField(
            model_name='importedrow',
            name='written',
            field=huiguan.ciphers.fields.EncryptedJSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='proposal',
            name='before',
            field=huiguan.ciphers.fields.EncryptedJSONField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='proposal',
            name='value',
            field=huiguan.ciphers.fields.EncryptedJSONField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='registerimport',
            name='content',
            field=huiguan.ciphers.fields.EncryptedBinaryField(null=True),
        ),
    ]
