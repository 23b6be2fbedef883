"""State machines: a status field, and one decorated method for each move."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import update_wrapper
from inspect import Parameter, signature
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.actors import Actor, current_actor

Facts = dict[str, Any] | None
Text = str | Promise


class WrongState(Exception):
    """The record is in a state that this move does not start from; the message says so to a person."""


class Stateful(models.Model):
    """A record whose status changes only by its moves. Mix it in before Record or SharedRecord."""

    status: Any

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Move:
    """One arrow of the state diagram."""

    name: str
    label: Text
    sources: tuple[str, ...]
    to: str | None
    permission: str
    danger: bool
    parameters: tuple[str, ...]
    description: Text = ""

    @property
    def needs_form(self) -> bool:
        """Whether a person must say something before the move can be made."""
        return bool(self.parameters)


AnyRecord = TypeVar("AnyRecord", bound=Stateful)
Given = ParamSpec("Given")
Work = Callable[Concatenate[AnyRecord, Given], Facts]


def move(
    *sources: str, to: str | None, permission: str, label: Text, danger: bool = False, description: Text = ""
) -> Callable[[Work[AnyRecord, Given]], Callable[Concatenate[AnyRecord, Given], None]]:
    """Lock the record, check its state and the actor's permission, do the work, move it, leave the trail: all or none.

    `to=None` keeps the state: a move that may be repeated. Raises WrongState or NotAllowed; then nothing has happened.
    """

    def decorate(work: Work[AnyRecord, Given]) -> Callable[Concatenate[AnyRecord, Given], None]:
        @transaction.atomic
        def moved(record: AnyRecord, /, *args: Given.args, **kwargs: Given.kwargs) -> None:
            current_actor().require(permission)
            trail.take_turn()
            record.refresh_from_db(from_queryset=type(record)._default_manager.select_for_update(of=("self",)))
            require_state(record, sources)
            facts = work(record, *args, **kwargs)
            record.status = to or record.status
            record.save(verb=work.__name__, facts=facts or {})  # type: ignore[call-arg]

        moved = update_wrapper(moved, work)
        moved.move = Move(  # type: ignore[attr-defined]
            work.__name__, label, sources, to, permission, danger, _required(work), description
        )
        return moved

    return decorate


def moves(model: type[models.Model]) -> Iterator[Move]:
    """All declared moves of a model, in the order they were written."""
    seen = set()
    for cls in reversed(model.__mro__):
        for name, member in vars(cls).items():
            if isinstance(declared := getattr(member, "move", None), Move) and name not in seen:
                seen.add(name)
                yield declared


def moves_of(record: Any, actor: Actor) -> list[Move]:
    """What this actor can do with this record now."""
    return [m for m in moves(type(record)) if record.status in m.sources and actor.can(m.permission)]


def require_state(record: Any, sources: Collection[str]) -> None:
    """Raise WrongState, in words, unless the record is where a move starts from."""
    if record.status not in sources:
        raise WrongState(_("This cannot be done now: the state is “{state}”.").format(state=_state_label(record)))


def _required(work: Callable[..., Any]) -> tuple[str, ...]:
    """The arguments that a person must give."""
    given = list(signature(work).parameters.values())[1:]
    return tuple(p.name for p in given if p.default is Parameter.empty)


def _state_label(record: Any) -> str:
    return str(record.get_status_display())
