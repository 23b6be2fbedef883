"""What several parts of a page ask, each for itself, and what cannot change while the page is read: asked once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

_told: ContextVar[dict[Any, Any] | None] = ContextVar("told", default=None)


@contextmanager
def while_reading() -> Iterator[None]:
    """Answers of `once` hold until the block ends. For pages that change nothing."""
    token = _told.set({})
    try:
        yield
    finally:
        _told.reset(token)


def is_reading() -> bool:
    """Whether a page that changes nothing is being answered."""
    return _told.get() is not None


def once(ask: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """The same question has the same answer within `while_reading`; elsewhere it is asked each time."""

    @wraps(ask)
    def asked(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        told = _told.get()
        if told is None:
            return ask(*args, **kwargs)
        question = (ask, args, tuple(sorted(kwargs.items())))
        if question not in told:
            told[question] = ask(*args, **kwargs)
        answer: Answer = told[question]
        return answer

    return asked
