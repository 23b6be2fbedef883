"""What a row is about when that may be a record of any folder: its kind, its key and its words, never a foreign key."""

from typing import Any

from django.apps import apps
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

CHAMBER_URLS = "huiguan.urls_chamber"


class AboutARecord(models.Model):
    """The record may be gone: its words stay."""

    record_label = models.CharField(max_length=80, blank=True, editable=False)
    record_id = models.UUIDField(null=True, editable=False, db_index=True)
    record_text = models.CharField(_("about"), max_length=200, blank=True, editable=False)

    class Meta:
        abstract = True

    def point_to(self, record: models.Model | None) -> None:
        if record is not None:
            self.record_label, self.record_id = record._meta.label, record.pk
            self.record_text = str(record)[:200]

    def record_url(self) -> str:
        """The record's own page; empty once its folder or its page is gone."""
        model = _model_of(self.record_label)
        if model is None or self.record_id is None:
            return ""
        name = f"{model._meta.app_label}-{model._meta.model_name}-detail"
        try:
            return reverse(name, urlconf=CHAMBER_URLS, args=[self.record_id])
        except NoReverseMatch:
            return ""


def _model_of(label: str) -> Any:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None
