"""The host ledger: the queue of a series with every number that made it, for all chambers to check."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from federation.liaison.members import names
from federation.liaison.models import Session
from federation.liaison.models.hosting import HostProposal, hosting_history
from federation.liaison.models.status import Status
from federation.liaison.models.swapping import HostSwap
from federation.liaison.rotation import Candidate, Standing, queue
from federation.liaison.words import ordinal


@dataclass(frozen=True)
class Row:
    """One chamber's place in the queue."""

    place: int
    name: str
    candidate: Candidate
    why: str

    status_levels = {"ready": "success", "co_host": "warning", "resting": "neutral", "declined": "neutral"}

    @property
    def status(self) -> str:
        return str(self.candidate.standing)

    def get_status_display(self) -> str:
        return STANDINGS[self.candidate.standing]()


@dataclass(frozen=True)
class Past:
    """What became of the question for one session."""

    session: str
    host: str
    declined: tuple[str, ...]
    swapped: tuple[str, ...] = ()


STANDINGS = {
    Standing.READY: lambda: _("Can be asked"),
    Standing.CO_HOST: lambda: _("Co-host wanted"),
    Standing.RESTING: lambda: _("Resting"),
    Standing.DECLINED: lambda: _("Declined this time"),
}


def rows(session: Session) -> list[Row]:
    """The queue for one session."""
    return _rows(session.federation_id, session.host_queue())


def next_rows(series: Any, active: list[uuid.UUID]) -> list[Row]:
    """The queue for a session that nobody has convened yet."""
    return _rows(series.federation_id, queue(active, hosting_history(series.pk)) if active else [])


def past(series_id: Any) -> list[Past]:
    """Who hosted which session, and who was asked and declined; the newest first."""
    sessions = Session.objects.filter(series_id=series_id).exclude(host_name="").exclude(status=Status.CANCELLED)
    return [_past(s) for s in sessions.order_by("-number").prefetch_related("proposals", "swaps")]


def explain(candidate: Candidate) -> str:
    """The reason in a sentence with its numbers."""
    share = _("Entitled to {entitled}, hosted {hosted}: {balance}.").format(
        entitled=_two(candidate.entitled), hosted=_plain(candidate.hosted), balance=_signed(candidate.balance)
    )
    said = " ".join([share, _since(candidate), *_standing(candidate)])
    return said.replace("。 ", "。")  # Chinese has no space between sentences


def _rows(federation_id: Any, candidates: list[Candidate]) -> list[Row]:
    known = names(federation_id)
    return [Row(n, known.get(c.chamber, ""), c, explain(c)) for n, c in enumerate(candidates, start=1)]


def _past(session: Session) -> Past:
    declined = [p.chamber_name for p in session.proposals.all() if p.state == HostProposal.Answer.DECLINED]
    host = "、".join(filter(None, [session.host_name, session.co_host_name]))
    swapped = tuple(str(swap) for swap in session.swaps.all() if swap.state == HostSwap.Answer.ACCEPTED)
    return Past(ordinal(session.number), host, tuple(declined), swapped)


def _since(candidate: Candidate) -> str:
    if candidate.since is None:
        return _("It has never hosted.")
    if candidate.since == 0:
        return _("It hosted the last session.")
    return _("{n} sessions have passed since it hosted.").format(n=candidate.since)


def _standing(candidate: Candidate) -> list[str]:
    if candidate.standing == Standing.RESTING:
        return [_("It rests for {n} sessions after hosting.").format(n=candidate.rest)]
    if candidate.standing == Standing.CO_HOST:
        return [_("It declined twice in a row: ask it together with a co-host.")]
    return [_("It declined this session; its claim stays.")] if candidate.standing == Standing.DECLINED else []


def _two(number: float) -> str:
    return f"{number:.2f}"


def _plain(number: float) -> str:
    return f"{number:g}"


def _signed(number: float) -> str:
    return f"{number:+.2f}".replace("-", "−")
