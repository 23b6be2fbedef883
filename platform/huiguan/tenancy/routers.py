"""Which tables belong where: shared apps in public, capabilities in a chamber's schema, on either login."""

from typing import Any

from django.apps import apps
from django.conf import settings

from huiguan.tenancy.binding import engine


class PlaceRouter:
    """Answers migrations only; reads and writes always use the application's login."""

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool | None:
        public = engine(db).schema_name == "public"
        wanted = settings.SHARED_APPS if public else settings.TENANT_APPS
        return None if apps.get_app_config(app_label).name in wanted else False
