"""The keys of chambers, none of them readable by itself: the master key is in no database.

The master key wraps a chamber's own key, and that its data keys. A backup carries the data keys alone: without the
chamber's own key, which is here and nowhere else, neither it nor any older one can be read.
"""

from django.db import models
from django.utils.timezone import now


class ChamberKey(models.Model):
    """What wraps a chamber's data keys. Without this row they are lost, and all that they encrypted."""

    chamber_id = models.UUIDField(primary_key=True, editable=False)
    master = models.CharField(max_length=16)  # which master key wraps it
    wrapped = models.TextField()
    made_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return str(self.chamber_id)


class DataKey(models.Model):
    """What encrypts values; the newest one writes, every one of them reads."""

    id = models.CharField(primary_key=True, max_length=8)
    chamber_id = models.UUIDField(db_index=True)
    wrapped = models.TextField()
    made_at = models.DateTimeField(default=now)
    retired_at = models.DateTimeField(null=True)  # since when no row of the chamber has it; backups may

    def __str__(self) -> str:
        return self.id
