"""What the worker was asked to do with an import."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0013_relations'),
    ]

    operations = [
        migrations.AddField(
            model_name='registerimport',
            name='asked_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='registerimport',
            name='asked_by',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='registerimport',
            name='failure',
            field=models.CharField(blank=True, editable=False, max_length=500, verbose_name='what hindered it'),
        ),
        migrations.AddField(
            model_name='registerimport',
            name='job',
            field=models.CharField(blank=True, choices=[('read', 'Being read'), ('apply', 'Being imported'), ('undo', 'Being undone')], editable=False, max_length=5, verbose_name='work under way'),
        ),
    ]
