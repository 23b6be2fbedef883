"""What the federation has received: one row per message, so that a second delivery has no second effect."""

from django.db import models
from django.utils.timezone import now


class Receipt(models.Model):
    """The key is the message's own; `digest` is SHA-256 of its content, to be held against the chamber's ledger.

    Empty when the content is secret also to whoever can read this table.
    """

    message_id = models.UUIDField(primary_key=True)
    chamber_id = models.UUIDField(db_index=True)
    federation_id = models.UUIDField()
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.name} {self.message_id}"
