"""Every call of a partner, for the chamber that granted it; and answers kept so that a repeated request acts once."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from api.models.grants import Grant
from huiguan.records import SharedRecord

OUTCOMES = {
    "answered": _in("of a call", "Answered"),
    "refused": _in("of a call", "Refused"),
    "missing": _in("of a call", "Not found"),
    "too_many": _in("of a call", "Too many at once"),
    "failed": _in("of a call", "Not possible"),
}


class Call(SharedRecord):
    """One request under a grant. Neither its body nor its answer is kept."""

    is_trailed = False  # it is itself a trail

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="calls")
    method = models.CharField(_("method"), max_length=8)
    path = models.CharField(_in("of a call", "address"), max_length=200)
    status = models.PositiveSmallIntegerField(_("answer"))
    rows = models.PositiveIntegerField(_("records"), default=0)
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["grant", "-created_at"], name="calls_of_a_grant")]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}"

    @property
    def asked_for(self) -> str:
        """What the partner wanted, in the words of its scopes; empty for an address that is none of theirs."""
        from api.scopes import labels

        name = self.path.removeprefix("/api/v1/").partition("/")[0]
        action = "read" if self.method in ("GET", "HEAD", "OPTIONS") else "write"
        return labels().get(f"{name}:{action}", "")

    @property
    def outcome(self) -> str:
        if self.status < 400:
            return "answered"
        return {401: "refused", 403: "refused", 404: "missing", 429: "too_many"}.get(self.status, "failed")

    def get_outcome_display(self) -> str:
        return str(OUTCOMES[self.outcome])


class KeptAnswer(SharedRecord):
    """The answer to a request with an Idempotency-Key, which belongs to one grant. Kept for at least 72 hours (G8)."""

    LIFE = datetime.timedelta(days=7)

    is_trailed = False

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grant", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return self.key
