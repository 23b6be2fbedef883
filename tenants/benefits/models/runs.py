"""Many cards at once: issued for all members in good standing or a segment, or set on sheets for the printer."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.errands import Errand, Words
from tenants.benefits.models.cards import end_of_year


class CardRun(Errand):
    """Whoever has a card already keeps it, with the new last day."""

    class Kind(models.TextChoices):
        ISSUE = "issue", _("Issue cards")
        PRINT = "print", _("Print cards")

    steps: ClassVar[Words] = {
        "issuing": _("Card {done} of {of} is being issued."),
        "telling": _("Message {done} of {of} is being written."),
        "printing": _("Card {done} of {of} is being set."),
    }

    kind = models.CharField(_in("of cards", "what"), max_length=5, choices=Kind, default=Kind.ISSUE, editable=False)
    segment = models.ForeignKey(
        "members.Segment", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("segment")
    )
    of_run = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    valid_until = models.DateField(_("valid until"), default=end_of_year)
    tells = models.BooleanField(_("Send each member its card"), default=False)
    issued = models.PositiveIntegerField(_("issued"), default=0, editable=False)
    renewed = models.PositiveIntegerField(_("renewed"), default=0, editable=False)
    left_out = models.PositiveIntegerField(_("left out"), default=0, editable=False)
    told_number = models.PositiveIntegerField(_("told"), default=0, editable=False)

    class Meta:
        verbose_name = _("batch of cards")
        verbose_name_plural = _("batches of cards")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.whom()}"

    def whom(self) -> str:
        """For which members."""
        if self.of_run_id:
            return str(_("the cards of one issue"))
        return str(self.segment) if self.segment_id else str(_("all members in good standing"))

    whom.short_description = _("for whom")  # type: ignore[attr-defined]

    def carry_out(self) -> None:
        from tenants.benefits import issuing, printing

        work: Any = issuing.issue_for_all if self.kind == self.Kind.ISSUE else printing.print_cards
        work(self)
