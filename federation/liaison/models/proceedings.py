"""What was said and decided at a session, each statement with the chamber it came from."""

import datetime
import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from federation.liaison.models.agenda import AgendaItem
from federation.liaison.models.attendance import WithAttendance
from federation.liaison.models.status import AT_MEETING
from huiguan.records import SharedRecord
from huiguan.states import Facts, WrongState, move


class Statement(SharedRecord):
    """What a chamber said. A practice is worth copying by others, a problem is one that the chamber meets. [001]"""

    session = models.ForeignKey("liaison.Session", models.PROTECT, related_name="statements")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="statements")
    chamber_id = models.UUIDField()
    chamber_name = models.CharField(_("chamber"), max_length=80)
    speaker = models.CharField(_("speaker"), max_length=60, blank=True)
    text = models.TextField(_("what was said"), max_length=3000)
    is_practice = models.BooleanField(_("a practice worth copying"), default=False)
    is_problem = models.BooleanField(_("a problem that is met"), default=False)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_practice=False) | models.Q(is_problem=False), name="a_problem_is_no_practice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.chamber_name}: {self.text[:60]}"


class Decision(SharedRecord):
    """By consensus, or by two thirds of the chambers present, one vote each."""

    session = models.ForeignKey("liaison.Session", models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="decisions")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("decision"), max_length=1000)
    votes_for = models.PositiveSmallIntegerField(_in("votes", "for"), null=True)
    votes_against = models.PositiveSmallIntegerField(_("against"), default=0)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def carried_by(self) -> str:
        """Consensus, or the count."""
        if self.votes_for is None:
            return _t("by consensus")
        return _t("{votes_for} for, {votes_against} against").format(
            votes_for=self.votes_for, votes_against=self.votes_against
        )


class WithProceedings(WithAttendance):
    """The part of a session that keeps what is said, decided and taken on."""

    class Meta:
        abstract = True

    @move(*AT_MEETING, to=None, permission="liaison.change", label=_("Note a statement"))
    def note_statement(
        self,
        *,
        chamber_id: uuid.UUID,
        text: str,
        speaker: str = "",
        item_id: uuid.UUID | None = None,
        is_practice: bool = False,
        is_problem: bool = False,
    ) -> Facts:
        """Only a chamber that is there has a word in the minutes."""
        if is_practice and is_problem:
            raise ValidationError(_t("File it as a problem or as a practice, not as both."))
        line = self._line(chamber_id)
        if not line.checked_in_at:
            raise ValidationError(_t("Check {chamber} in first.").format(chamber=line.chamber_name))
        said = {"speaker": speaker, "text": text, "item": self._item(item_id)}
        filed = {"is_practice": is_practice, "is_problem": is_problem}
        self.statements.create(chamber_id=chamber_id, chamber_name=line.chamber_name, **said, **filed)
        return {"chamber": line.chamber_name}

    @move(*AT_MEETING, to=None, permission="liaison.change", label=_("Record a decision"))
    def record_decision(
        self, *, text: str, item_id: uuid.UUID | None = None, votes_for: int | None = None, votes_against: int = 0
    ) -> Facts:
        """Without votes it stands by consensus; with votes it needs two thirds of the chambers present."""
        self._need_quorum()
        if votes_for is not None:
            self._need_two_thirds(votes_for, votes_against)
        counted = {"votes_for": votes_for, "votes_against": votes_against}
        made = self.decisions.create(number=self.decisions.count() + 1, text=text, item=self._item(item_id), **counted)
        return {"number": made.number}

    @move(*AT_MEETING, to=None, permission="liaison.change", label=_("Give out an action item"))
    def assign_action(
        self,
        *,
        title: str,
        chamber_id: uuid.UUID,
        due_on: datetime.date,
        person: str = "",
        item_id: uuid.UUID | None = None,
    ) -> Facts:
        """It appears in the chamber's own task list at once."""
        self._need_quorum()
        owner = self._line(chamber_id)
        self.action_items.create(
            federation_id=self.federation_id,
            item=self._item(item_id),
            title=title,
            chamber_id=chamber_id,
            chamber_name=owner.chamber_name,
            person=person,
            due_on=due_on,
        )
        return {"chamber": owner.chamber_name, "title": title}

    def _need_quorum(self) -> None:
        if not self.is_quorate:
            raise WrongState(
                _t("Not more than half of the chambers are there: this can be discussed, but not decided.")
            )

    def _need_two_thirds(self, votes_for: int, votes_against: int) -> None:
        present = self.present().count()
        if votes_for + votes_against > present:
            raise ValidationError(_t("There are more votes than chambers present."))
        if 3 * votes_for < 2 * present:
            raise ValidationError(_t("A decision needs two thirds of the chambers present."))

    def _item(self, item_id: uuid.UUID | None) -> AgendaItem | None:
        found: AgendaItem | None = self.agenda.filter(pk=item_id).first() if item_id else None
        return found
