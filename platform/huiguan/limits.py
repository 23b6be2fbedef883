"""Runs a function on hostile input in a child process with limits on memory and time (security rule 18).

The child is a fresh interpreter without our secrets: whatever the input does to it, the worker or the web process goes
on, and what it answers is read as values, never as code.
"""

import io
import os
import pickle
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import is_dataclass
from enum import Enum
from functools import partial
from importlib import import_module
from typing import Any

from huiguan.progress import report, told_to

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_SECONDS = 60
WALL_SECONDS = 120
KEPT_VARIABLES = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")
PLAIN_MODULES = ("builtins", "datetime", "decimal", "uuid", "zoneinfo")
PLAIN_BUILTINS = (set, frozenset, bytearray, complex, range)
LONGEST_LINE = 100


class TooMuch(Exception):
    """The input needed more memory or time than any honest one, or kept the child from answering."""


def run_limited(function: str, *args: Any, **kwargs: Any) -> Any:
    """`function` is "module:name" of something picklable in and out; its own exceptions are raised here again."""
    command = [sys.executable, "-c", "from huiguan.limits import answer; answer()", function]
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    given: dict[str, Any] = {"input": pickle.dumps((args, kwargs)), "capture_output": True, "timeout": WALL_SECONDS}
    try:
        with _listening() as told:
            done = subprocess.run([*command, str(told)], env=kept, pass_fds=[told], check=False, **given)
    except subprocess.TimeoutExpired as error:
        raise TooMuch(function) from error
    if done.returncode:
        raise TooMuch(function, done.stderr[-500:].decode(errors="replace"))
    is_error, result = _answer_in(done.stdout, function)
    if is_error:
        raise result
    return result


@contextmanager
def _listening() -> Iterator[int]:
    """Where the child says how far it has come; reported here as if it had been said here."""
    hear, tell = os.pipe()
    listener = threading.Thread(target=copy_context().run, args=(_listen, hear), daemon=True)
    listener.start()
    try:
        yield tell
    finally:
        os.close(tell)
        listener.join(1)  # whoever else the child gave the line to is not waited for


def _listen(hear: int) -> None:
    """To the end of the child. A line is short, or none of ours."""
    with os.fdopen(hear, errors="replace") as lines:
        while line := lines.readline(LONGEST_LINE):
            match line.split():
                case [step, done, of] if done.isdecimal() and of.isdecimal():
                    report(step, int(done), int(of))


def _answer_in(output: bytes, function: str) -> tuple[bool, Any]:
    """Nothing when the child was made to end early; an error of a kind that cannot be made again from its parts."""
    try:
        return _Values(output, function.partition(".")[0].partition(":")[0]).load()  # type: ignore[no-any-return]
    except Exception as error:
        raise TooMuch(function, repr(error)) from error


class _Values(pickle.Unpickler):
    """Reads what holds values and nothing that does anything: the child may not be ours any more."""

    def __init__(self, output: bytes, root: str) -> None:
        super().__init__(io.BytesIO(output))
        self.roots = {"huiguan", root}

    def find_class(self, module: str, name: str) -> Any:
        if module in PLAIN_MODULES or module.partition(".")[0] in self.roots:
            found = super().find_class(module, name)
            if isinstance(found, type) and _is_a_value(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _is_a_value(kind: type) -> bool:
    if kind.__module__ == "builtins":
        return kind in PLAIN_BUILTINS or issubclass(kind, Exception)
    return kind.__module__ in PLAIN_MODULES or is_dataclass(kind) or issubclass(kind, Exception | tuple | Enum)


def answer() -> None:
    """The child's side: read the arguments, work within the limits, write the result."""
    output, sys.stdout = sys.stdout.buffer, sys.stderr
    args, kwargs = pickle.load(sys.stdin.buffer)  # noqa: S301  # written by our own parent
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    module, _colon, name = sys.argv[1].partition(":")
    try:
        with told_to(partial(_tell, int(sys.argv[2]))):
            result: Any = (False, getattr(import_module(module), name)(*args, **kwargs))
    except MemoryError:
        sys.exit(1)
    except Exception as error:
        result = (True, error)
    pickle.dump(result, output)
    output.flush()


def _tell(told: int, step: str, done: int, of: int) -> None:
    os.write(told, f"{step} {done} {of}\n".encode())
