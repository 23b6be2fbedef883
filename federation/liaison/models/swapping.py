"""A host asks another chamber to take its turn: the two agree, the coordinator looks on. [federation.md C]"""

import uuid
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from federation.liaison.members import member
from federation.liaison.models.hosting import HostProposal
from federation.liaison.models.parts import SessionPart
from federation.liaison.models.status import BEFORE_NOTICE
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.states import Facts, move

HOLDS_THE_TURN = (HostProposal.Answer.ASKED, HostProposal.Answer.ACCEPTED)


class HostSwapQuerySet(TrailedQuerySet):
    """Questions to the swaps."""

    def unanswered(self) -> Self:
        return self.filter(state=HostSwap.Answer.ASKED)

    def agreed(self) -> Self:
        return self.filter(state=HostSwap.Answer.ACCEPTED)

    def asked_by(self, chamber_id: uuid.UUID) -> Self:
        return self.filter(asker_id=chamber_id)

    def end(self, why: str = "") -> None:
        """Those that wait for an answer; none of the two chambers has refused anything by it."""
        for swap in self.unanswered():
            swap.answer(HostSwap.Answer.WITHDRAWN, why)


class HostSwap(SharedRecord):
    """A host's question to another chamber. Whatever is answered, nobody has refused its own turn: claims stay."""

    class Answer(models.TextChoices):
        ASKED = "asked", _("Asked")
        ACCEPTED = "accepted", _("Takes the turn")
        DECLINED = "declined", _("Does not take the turn")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    session = models.ForeignKey("liaison.Session", models.PROTECT, related_name="swaps")
    asker_id = models.UUIDField()
    asker_name = models.CharField(_("host until then"), max_length=80)
    taker_id = models.UUIDField()
    taker_name = models.CharField(_("chamber"), max_length=80)
    is_co_host = models.BooleanField(_("as co-host"), default=False)
    state = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.ASKED)
    why = models.CharField(_("reason"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(HostSwapQuerySet)()

    class Meta:
        verbose_name = _("swap of hosts")
        verbose_name_plural = _("swaps of hosts")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "asker_id"],
                condition=models.Q(state="asked"),
                name="a_host_asks_one_chamber_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asker_name} → {self.taker_name}"

    def answer(self, state: str, note: str = "") -> None:
        self.state, self.note, self.answered_at = state, note, now()
        self.save(verb=state)


class WithSwap(SessionPart):
    """The part of a session in which its turn passes from one chamber to another. After the notice it does not."""

    class Meta:
        abstract = True

    @move(*BEFORE_NOTICE, to=None, permission="liaison.receive", label=_("Ask another chamber to take the turn"))
    def ask_swap(self, *, chamber_id: uuid.UUID, taker_id: uuid.UUID, why: str = "") -> Facts:
        """Said by a chamber that hosts the session or is asked to; one chamber is asked at a time."""
        self._require_turn(chamber_id)
        if waiting := self.swaps.unanswered().asked_by(chamber_id).first():
            raise ValidationError(
                _t("{chamber} has been asked and has not answered yet.").format(chamber=waiting.taker_name)
            )
        if taker_id in (chamber_id, self.host_id, self.co_host_id):
            raise ValidationError(_t("This chamber cannot be asked."))
        swap = self.swaps.model(session=self, asker_id=chamber_id, taker_id=taker_id, why=why)
        swap.asker_name = member(self.federation_id, chamber_id).chamber_name
        swap.taker_name = member(self.federation_id, taker_id).chamber_name
        swap.is_co_host = self._is_turn_of_co_host(chamber_id)
        swap.save(verb="asked")
        return {"chamber": swap.asker_name, "asked": swap.taker_name, "why": why}

    @move(*BEFORE_NOTICE, to=None, permission="liaison.receive", label=_("Ask for no swap any more"))
    def withdraw_swap(self, *, chamber_id: uuid.UUID) -> Facts:
        mine = self.swaps.unanswered().asked_by(chamber_id)
        if not mine.exists():
            raise ValidationError(_t("No chamber is being asked."))
        mine.end()
        return None

    @move(*BEFORE_NOTICE, to=None, permission="liaison.receive", label=_("Answer about a swap"))
    def answer_swap(self, *, swap_id: uuid.UUID, chamber_id: uuid.UUID, accepts: bool, note: str = "") -> Facts:
        """Said by the chamber that was asked, and by no other; the turn passes to it as it is now."""
        swap = self.swaps.unanswered().filter(pk=swap_id, taker_id=chamber_id).first()
        if swap is None:
            raise ValidationError(_t("This chamber is not being asked to take a turn."))
        if accepts:
            self._pass_turn(swap)
        swap.answer(HostSwap.Answer.ACCEPTED if accepts else HostSwap.Answer.DECLINED, note)
        return {"from": swap.asker_name, "chamber": swap.taker_name, "accepts": accepts}

    def _pass_turn(self, swap: HostSwap) -> None:
        """The place was the old host's: the coordinator sets it anew."""
        self._require_turn(swap.asker_id)
        if swap.taker_id in (self.host_id, self.co_host_id):
            raise ValidationError(_t("The chamber hosts this session already."))
        swap.is_co_host = self._is_turn_of_co_host(swap.asker_id)
        for said in self._turns_of(swap.asker_id):
            said.answer(HostProposal.Answer.PASSED_ON)
        if swap.is_co_host:
            self.co_host_id, self.co_host_name = swap.taker_id, swap.taker_name
        else:
            self.host_id, self.host_name = swap.taker_id, swap.taker_name
            self.sequence += bool(self.place)
            self.place = ""

    def _require_turn(self, chamber_id: uuid.UUID) -> None:
        is_host = chamber_id in (self.host_id, self.co_host_id)
        is_asked = self._turns_of(chamber_id).filter(state=HostProposal.Answer.ASKED).exists()
        if not is_host and not is_asked:
            raise ValidationError(_t("Only a chamber whose turn it is can ask another to take it."))

    def _is_turn_of_co_host(self, chamber_id: uuid.UUID) -> bool:
        is_asked_to_help = self._turns_of(chamber_id).filter(state=HostProposal.Answer.ASKED, is_co_host=True).exists()
        return bool(chamber_id == self.co_host_id or is_asked_to_help)

    def _turns_of(self, chamber_id: uuid.UUID) -> Any:
        return self.proposals.filter(chamber_id=chamber_id, state__in=HOLDS_THE_TURN)
