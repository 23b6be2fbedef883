"""The plans that are offered from the first day."""

from typing import Any

from django.db import migrations

TIERS = [
    # code, names by language, fen a month, members, seats, megabytes
    ("small", {"zh-hans": "小型版", "zh-hant": "小型版", "en": "Small"}, 19_900, 100, 3, 2_000),
    ("standard", {"zh-hans": "标准版", "zh-hant": "標準版", "en": "Standard"}, 49_900, 500, 10, 20_000),
    ("large", {"zh-hans": "大型版", "zh-hant": "大型版", "en": "Large"}, 129_900, 5_000, 40, 200_000),
]
YEARLY = {"zh-hans": "（年付）", "zh-hant": "（年付）", "en": " (yearly)"}


def offer(apps: Any, schema_editor: Any) -> None:
    """A year costs ten months."""
    rows = apps.get_model("billing", "Plan")._base_manager.using(schema_editor.connection.alias)
    for code, names, fen, members, seats, storage in TIERS:
        limits = {"members": members, "seats": seats, "storage_mb": storage}
        rows.create(code=f"{code}-monthly", names=names, price_fen=fen, interval="month", **limits)
        yearly = {language: name + YEARLY[language] for language, name in names.items()}
        rows.create(code=f"{code}-yearly", names=yearly, price_fen=fen * 10, interval="year", **limits)


def withdraw(apps: Any, schema_editor: Any) -> None:
    apps.get_model("billing", "Plan")._base_manager.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]
    operations = [migrations.RunPython(offer, withdraw)]
