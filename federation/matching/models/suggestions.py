"""What was shown to whom and why: the evidence of the matching, never changed."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from federation.matching.models.evidence import Evidence
from federation.matching.models.profiles import Profile


class MatchSuggestion(Evidence):
    """One offer shown for one need, once for each version of the words and of the algorithm."""

    federation_id = models.UUIDField()
    need = models.ForeignKey(Profile, models.PROTECT, related_name="suggested_offers", verbose_name=_("need"))
    offer = models.ForeignKey(Profile, models.PROTECT, related_name="suggested_needs", verbose_name=_("offer"))
    need_version = models.PositiveIntegerField()
    offer_version = models.PositiveIntegerField()
    algorithm_version = models.CharField(_("version of the rules"), max_length=20)
    rank = models.PositiveSmallIntegerField(_("place"))
    score = models.FloatField(_("score"))
    parts = models.JSONField(_("parts"))
    matched = models.JSONField(_("shared words"), default=list)
    constraint_report = models.JSONField(_("limits checked"))
    shown_at = models.DateTimeField(_("shown"), default=now)

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-shown_at", "rank"]
        indexes = [models.Index(fields=["federation_id", "shown_at"], name="matching_shown_lately")]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "offer", "need_version", "offer_version", "algorithm_version"],
                name="a_suggestion_is_kept_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.need} · {self.offer}"
