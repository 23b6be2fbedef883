"""The poll of a session's date as the coordinator reads it: each date with who can come, and why it has its place."""

import datetime
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from federation.liaison.choosing import Option, Word
from federation.liaison.members import members
from federation.liaison.models import PollAnswer, Session


@dataclass(frozen=True)
class Row:
    """One date; `place` counts from 1, the rule's choice."""

    place: int
    starts_at: datetime.datetime
    able: tuple[str, ...]
    if_need_be: tuple[str, ...]
    unable: tuple[str, ...]
    has_quorum: bool
    why: str


def rows(session: Session) -> list[Row]:
    """The dates in the order of the rule. [federation.md C]"""
    known = {m.chamber_id: m.chamber_name for m in members(session.federation_id)}
    again = session.left_out_before()
    return [
        _row(n, option, known, why=explain(option, session, known, again))
        for n, option in enumerate(session.ranked_options(), start=1)
    ]


def silent(session: Session) -> list[str]:
    """The chambers that have not answered the poll."""
    answered = set(PollAnswer.objects.filter(option__session=session).values_list("chamber_id", flat=True))
    return [m.chamber_name for m in members(session.federation_id) if m.chamber_id not in answered]


def explain(option: Option, session: Session, known: dict[uuid.UUID, str], again: set[uuid.UUID]) -> str:
    """The rule's three questions, answered for one date."""
    n = len(option.able)
    said = [ngettext("{n} chamber can come.", "{n} chambers can come.", n).format(n=n)]
    if left_out := [known[c] for c in option.unable & again if c in known]:
        names = "、".join(sorted(left_out))
        said.append(_("Left out a second time in a row: {chambers}.").format(chambers=names))
    else:
        said.append(_("Nobody is left out a second time in a row."))
    host = option.answers.get(session.host_id) if session.host_id else None
    return " ".join([*said, _of_host(host)]).replace("。 ", "。")


def _of_host(word: Word | None) -> str:
    return {
        Word.YES: _("It suits the host."),
        Word.MAYBE: _("The host can if need be."),
        Word.NO: _("The host cannot."),
        None: _("The host has not answered."),
    }[word]


def _row(place: int, option: Option, known: dict[uuid.UUID, str], *, why: str) -> Row:
    def names(word: Word) -> tuple[str, ...]:
        said = option.saying(word)
        return tuple(name for chamber, name in known.items() if chamber in said)

    has_quorum = 2 * len(option.able) > len(known)
    return Row(place, option.starts_at, names(Word.YES), names(Word.MAYBE), names(Word.NO), has_quorum, why)
