from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.AddField("chamber", "suspended_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("chamber", "note", models.CharField(blank=True, default="", editable=False, max_length=200), preserve_default=False),
    ]
