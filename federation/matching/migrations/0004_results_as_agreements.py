"""What was reported in yuan by one side becomes an agreement in a band, which both are asked to confirm."""

import datetime
from decimal import Decimal

from django.db import migrations
from django.utils.timezone import localdate

BANDS = [(0, "none"), (10_000, "under_10k"), (100_000, "under_100k"), (1_000_000, "under_1m"), (10_000_000, "under_10m")]


def keep(apps, schema_editor):
    alias = schema_editor.connection.alias
    interests = apps.get_model("matching", "ExpressionOfInterest").objects.using(alias)
    agreements = apps.get_model("matching", "Agreement").objects.using(alias)
    for interest in interests.filter(status="agreed"):
        agreements.create(
            interest_id=interest.pk,
            kind="other",
            value_band=band(interest.result_yuan or Decimal(0)),
            signed_on=localdate(interest.changed_at),
            reported_by_id=interest.from_chamber_id,
        )
    interests.filter(status="no_deal").update(no_deal_reason="other")
    open_ones = interests.filter(status__in=["contacts_exchanged", "agreed"], ended_at__isnull=True)
    open_ones.update(ask_on=localdate() + datetime.timedelta(days=7))


def band(yuan):
    return next((name for most, name in BANDS if yuan < most or yuan == most == 0), "over_10m")


class Migration(migrations.Migration):
    dependencies = [("matching", "0003_life_after_contact")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
