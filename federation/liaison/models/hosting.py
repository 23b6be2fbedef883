"""Who hosts a session: the queue with its reasons, the question put to a chamber, and its answer."""

import uuid
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from federation.liaison.members import member, members
from federation.liaison.models.parts import SessionPart
from federation.liaison.models.status import BEFORE_MEETING, BEFORE_NOTICE, WITH_DATE
from federation.liaison.rotation import Candidate, Held, queue
from federation.registry.queries import closed
from huiguan.records import SharedRecord
from huiguan.states import Facts, move

if TYPE_CHECKING:
    from federation.liaison.models.sessions import Session


class HostProposal(SharedRecord):
    """A chamber was asked to host. `figures` is the queue's reason on that day: what the ledger shows afterwards."""

    class Answer(models.TextChoices):
        ASKED = "asked", _("Asked")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Said no")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        PASSED_ON = "passed_on", _("Passed on to another chamber")

    session = models.ForeignKey("liaison.Session", models.PROTECT, related_name="proposals")
    chamber_id = models.UUIDField()
    chamber_name = models.CharField(_("chamber"), max_length=80)
    is_co_host = models.BooleanField(_("as co-host"), default=False)
    state = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.ASKED)
    figures = models.JSONField(default=dict)
    note = models.CharField(_("note"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("question to a host")
        verbose_name_plural = _("questions to hosts")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=models.Q(state="asked"), name="one_chamber_is_asked_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.chamber_name} · {self.session}"

    def answer(self, state: str, note: str = "") -> None:
        self.state, self.note, self.answered_at = state, note, now()
        self.save(verb=state)


class WithHost(SessionPart):
    """The part of a session that finds its host."""

    class Meta:
        abstract = True

    @move(*BEFORE_NOTICE, to=None, permission="liaison.convene", label=_("Ask a chamber to host"))
    def propose_host(self, *, chamber_id: uuid.UUID) -> Facts:
        """The first is asked to host; when there is a host, another is asked to help as co-host."""
        if self.open_proposal:
            raise ValidationError(
                _t("{chamber} has been asked and has not answered yet.").format(chamber=self.open_proposal.chamber_name)
            )
        candidate = next((c for c in self.host_queue() if c.chamber == chamber_id), None)
        if candidate is None or chamber_id == self.host_id:
            raise ValidationError(_t("This chamber cannot be asked."))
        asked: HostProposal = self.proposals.model(session=self, chamber_id=chamber_id)
        asked.is_co_host = self.host_id is not None
        asked.chamber_name, asked.figures = member(self.federation_id, chamber_id).chamber_name, figures_of(candidate)
        asked.save(verb="asked")
        return {"chamber": asked.chamber_name, **asked.figures}

    @move(*BEFORE_NOTICE, to=None, permission="liaison.convene", label=_("Take the question back"))
    def withdraw_proposal(self) -> Facts:
        """No refusal of the chamber: its claim is untouched."""
        if not self.open_proposal:
            raise ValidationError(_t("No chamber is being asked."))
        self.swaps.asked_by(self.open_proposal.chamber_id).end()
        self.open_proposal.answer(HostProposal.Answer.WITHDRAWN)
        return None

    @move(*BEFORE_NOTICE, to=None, permission="liaison.receive", label=_("Answer about hosting"))
    def answer_host(self, *, chamber_id: uuid.UUID, accepts: bool, note: str = "") -> Facts:
        """Said by the chamber that was asked, and by no other."""
        asked = self.open_proposal
        if asked is None or asked.chamber_id != chamber_id:
            raise ValidationError(_t("This chamber is not being asked to host."))
        asked.answer(HostProposal.Answer.ACCEPTED if accepts else HostProposal.Answer.DECLINED, note)
        if not accepts:
            self.swaps.asked_by(chamber_id).end()
        if accepts and asked.is_co_host:
            self.co_host_id, self.co_host_name = chamber_id, asked.chamber_name
        elif accepts:
            self.host_id, self.host_name = chamber_id, asked.chamber_name
        return {"chamber": asked.chamber_name, "accepts": accepts}

    @move(*BEFORE_MEETING, to=None, permission="liaison.receive", label=_("Host no longer"))
    def lose_host(self, *, chamber_id: uuid.UUID, why: str) -> Facts:
        """The chamber takes no part any more. A co-host goes on alone; otherwise another is looked for, and a place."""
        if chamber_id not in (self.host_id, self.co_host_id):
            raise ValidationError(_t("This chamber does not host the session."))
        self._let_go_of(chamber_id, why)
        return {"why": why}

    @move(*BEFORE_MEETING, to=None, permission="liaison.convene", label=_("Look for another host"), danger=True)
    def replace_host(self) -> Facts:
        """Only of a host that is suspended on the platform, which cannot say so itself."""
        away, why = self.hosts_away(), _t("The host is suspended on the platform.")
        if not away:
            raise ValidationError(_t("The host is there: only a chamber that is suspended is replaced."))
        if self.status in WITH_DATE and len(away) == (1 if self.co_host_id is None else 2):
            self.postpone(reason=why)  # type: ignore[attr-defined]
        for chamber_id in away:
            self._let_go_of(chamber_id, why)
        return {"why": why}

    def hosts_away(self) -> list[uuid.UUID]:
        """Host and co-host, as far as they are suspended on the platform."""
        hosts = [key for key in (self.host_id, self.co_host_id) if key]
        return [key for key in hosts if key in closed(self.federation_id)] if hosts else []

    def _let_go_of(self, chamber_id: uuid.UUID, why: str) -> None:
        for said in self.proposals.filter(chamber_id=chamber_id, state=HostProposal.Answer.ACCEPTED):
            said.answer(HostProposal.Answer.WITHDRAWN, why)
        self.swaps.asked_by(chamber_id).end(why)
        if chamber_id == self.host_id:
            self.host_id, self.host_name = self.co_host_id, self.co_host_name
        self.co_host_id, self.co_host_name, self.reason = None, "", why
        self.place = self.place if self.host_id else ""

    def is_hosted_alone_by(self, chamber_id: uuid.UUID) -> bool:
        return self.host_id == chamber_id and self.co_host_id is None

    @property
    def open_proposal(self) -> HostProposal | None:
        found: HostProposal | None = self.proposals.filter(state=HostProposal.Answer.ASKED).first()
        return found

    def host_queue(self) -> list[Candidate]:
        """The chambers in the order in which they are to be asked for this session."""
        active = [m.chamber_id for m in members(self.federation_id)]
        declined = self.proposals.filter(state=HostProposal.Answer.DECLINED).values_list("chamber_id", flat=True)
        return (
            queue(active, hosting_history(self.series_id, before=self.number), declined=set(declined)) if active else []
        )


def hosting_history(series_id: Any, *, before: int | None = None) -> list[Held]:
    """The sessions of a series that a chamber hosted or will host, in order; cancelled ones do not count."""
    from federation.liaison.models.sessions import Session

    sessions = Session.objects.filter(series_id=series_id, host_id__isnull=False).exclude(status="cancelled")
    sessions = sessions.filter(number__lt=before) if before else sessions
    return [_held(s) for s in sessions.order_by("number").prefetch_related("roll", "proposals")]


def figures_of(candidate: Candidate) -> dict[str, Any]:
    return {
        "entitled": round(candidate.entitled, 2),
        "hosted": round(candidate.hosted, 2),
        "balance": round(candidate.balance, 2),
        "since": candidate.since,
        "standing": str(candidate.standing),
    }


def _held(session: "Session") -> Held:
    """Who shared it: its roll; until the notice goes out, whoever takes part now."""
    roll = {a.chamber_id for a in session.roll.all()} or {m.chamber_id for m in members(session.federation_id)}
    declined = {p.chamber_id for p in session.proposals.all() if p.state == HostProposal.Answer.DECLINED}
    return Held(frozenset(roll), session.host_id, session.co_host_id, frozenset(declined))
