"""Hostile input in a child process: what it costs is limited, and whatever it does the caller goes on (goal G10)."""

import datetime
import pickle
import resource
import signal
import uuid
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

from huiguan import limits
from huiguan.files.purposes import Kind
from huiguan.limits import TooMuch, run_limited
from huiguan.papers.kinds import Item


def test_the_result_comes_back_as_it_was() -> None:
    assert run_limited("decimal:Decimal", "3.50") == Decimal("3.50")
    assert run_limited("builtins:dict", 名称="常德") == {"名称": "常德"}


def test_an_error_of_the_function_is_raised_here() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        run_limited("builtins:int", "x")


def test_what_needs_too_much_memory_is_stopped() -> None:
    with pytest.raises(TooMuch):
        run_limited("builtins:bytearray", limits.MEMORY_BYTES)


def test_what_needs_too_much_time_to_think_is_stopped_by_the_system() -> None:
    for limit, allowed in ((resource.RLIMIT_CPU, limits.CPU_SECONDS), (resource.RLIMIT_AS, limits.MEMORY_BYTES)):
        assert run_limited("resource:getrlimit", limit) == (allowed, allowed)
    with pytest.raises(TooMuch):
        run_limited("signal:raise_signal", signal.SIGXCPU)


def test_what_waits_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.3)
    with pytest.raises(TooMuch):
        run_limited("signal:pause")


@pytest.mark.parametrize(
    ("end", "arguments"), [("os:abort", []), ("os:_exit", [3]), ("os:_exit", [0]), ("sys:exit", [0])]
)
def test_a_child_that_ends_early_is_an_error_and_no_answer(end: str, arguments: list[int]) -> None:
    with pytest.raises(TooMuch):
        run_limited(end, *arguments)


def test_a_function_that_does_not_exist_is_an_error() -> None:
    for name in ("no.such.module:x", "builtins:no_such_name"):
        with pytest.raises((ImportError, AttributeError, TooMuch)):
            run_limited(name)


def test_an_error_that_cannot_be_told_is_still_an_error() -> None:
    with pytest.raises(TooMuch):
        run_limited("tests.huiguan.limited:raise_what_cannot_be_sent")


def test_what_the_function_prints_is_not_taken_for_its_result() -> None:
    assert run_limited("tests.huiguan.limited:talk") == 7


def test_the_child_does_not_know_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "CNRY-secret")
    assert run_limited("os:getenv", "SECRET_KEY") is None
    assert run_limited("os:getenv", "PATH")


@pytest.mark.parametrize("wanted", ["os:system", "builtins:eval", "subprocess:Popen", "huiguan.limits:run_limited"])
def test_an_answer_that_would_do_something_is_no_answer(wanted: str) -> None:
    """As a child would answer that a stranger has taken over."""
    answer = pickle.dumps((False, Deed(wanted)))
    with pytest.raises(TooMuch):
        limits._answer_in(answer, "huiguan.files.images:draw")


class Deed:
    """Pickled, it is a call of something."""

    def __init__(self, wanted: str) -> None:
        module, _colon, self.name = wanted.partition(":")
        self.module = import_module(module)

    def __reduce__(self) -> Any:
        return getattr(self.module, self.name), ("touch never",)


def test_values_of_all_kinds_come_back() -> None:
    for value in (datetime.date(2026, 11, 25), uuid.UUID(int=7), {1, 2}, Kind.PDF, Item("会费", 5), ValueError("x")):
        assert repr(limits._answer_in(pickle.dumps((False, value)), "huiguan.x:y")) == repr((False, value))


def test_the_limits_are_the_childs_and_not_ours() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    run_limited("builtins:int", "1")
    assert resource.getrlimit(resource.RLIMIT_AS) == before
