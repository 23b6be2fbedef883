"""Raw figures of single chambers. The application and the federation may add them and never read them (D11)."""

import uuid
from typing import Any

from django.db import models
from django.utils.timezone import now

from huiguan.keys import uuid7


class Submission(models.Model):
    """One figure as a chamber sent it. A later one of the same KPI and quarter takes its place."""

    is_sealed = True  # granted by huiguan.tenancy.grants: insert only; the owner's login alone can read

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message_id = models.UUIDField(unique=True, default=uuid.uuid4)
    federation_id = models.UUIDField()
    chamber_id = models.UUIDField()
    code = models.CharField(max_length=10)
    version = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    value = models.FloatField(null=True)
    organisation = models.CharField(max_length=64, blank=True)
    members = models.PositiveIntegerField(default=0)
    is_for_topics = models.BooleanField(default=False)
    is_withdrawn = models.BooleanField(default=False)
    sent_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["federation_id", "year", "quarter", "code"], name="submissions_of_a_quarter")]

    def __str__(self) -> str:
        return f"{self.code} {self.year}Q{self.quarter}"

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        raise PermissionError("submissions are read by the release job alone")
