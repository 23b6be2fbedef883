"""A program kept running: in a process group of its own, its lines in a log, started again when it ends by itself."""

import contextlib
import ctypes
import logging
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_BYTES = 5 * 1024 * 1024
STOP_WITHIN_SECONDS = 8.0
LONGEST_PAUSE_SECONDS = 30.0
STILL_AT_WORK_SECONDS = 15.0
HEALTHY_SECONDS = 10.0  # it had come up: whatever ended it was not its start
IMPORTANT = re.compile(
    r"\b(WARNING|ERROR|CRITICAL|FATAL|PANIC)\b|Traceback|Error:"
    r"|\[(warning|error|critical) *\]|\"level\": ?\"(warning|error|critical)\""
)

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Program:
    """What to run. `tell` gets the lines that matter to the person at the terminal."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    log_folder: Path
    tell: Callable[[str], None]
    every_line: bool = False
    last_lines: deque[str] = field(default_factory=lambda: deque(maxlen=20), init=False)
    process: "subprocess.Popen[str] | None" = field(default=None, init=False)
    retry_at: float = field(default=0.0, init=False)
    pause: float = field(default=0.5, init=False)

    def start(self) -> None:
        """Must be called from the main thread: the kernel ends the program when the thread that started it has gone."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        self._reader = threading.Thread(target=self._read, args=[self.process], daemon=True)
        self._reader.start()

    @property
    def current(self) -> "subprocess.Popen[str]":
        if self.process is None:
            raise RuntimeError(f"{self.name} is not running")
        return self.process

    def wait(self) -> int:
        """Let it run to its end, as a step of the start does."""
        began = time.monotonic()
        while self.is_running():
            try:
                self.current.wait(STILL_AT_WORK_SECONDS)
            except subprocess.TimeoutExpired:
                self.tell(f"{self.name}: still at work 仍在进行 ({time.monotonic() - began:.0f} s)")
        self._reader.join(2)
        return self.current.returncode

    def last_important(self) -> str:
        """Of the last lines the one that names the trouble, else the last."""
        lines = [line for line in self.last_lines if line.strip()]
        return next((line for line in reversed(lines) if IMPORTANT.search(line)), lines[-1] if lines else "")

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def look_after(self) -> None:
        """Called again and again: start it anew after it ended, later each time it ends soon."""
        if self.is_running():
            return
        now = time.monotonic()
        if self.process is not None:
            self._note_end(now)
        elif now >= self.retry_at:
            self.tell(f"{self.name}: starting again 重新启动")
            self.start()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.is_running():
            self.process.terminate()

    def make_sure_it_stopped(self, deadline: float) -> None:
        """Wait until `deadline` (of time.monotonic), then end whatever is left of its group."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        self._end_group()
        self.process.wait()

    def _note_end(self, now: float) -> None:
        code = self.current.returncode
        self._end_group()
        self.pause = 0.5 if now - self.started_at > HEALTHY_SECONDS else min(self.pause * 2, LONGEST_PAUSE_SECONDS)
        self.retry_at = now + self.pause
        self.tell(
            f"{self.name}: {_how_it_ended(code)}; starting again in {self.pause:.0f} s, "
            f"see {self._log_file} 意外停止，即将重新启动"
        )
        self.process = None

    def _end_group(self) -> None:
        """Children of a killed program would keep its port and its queue."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.current.pid, signal.SIGKILL)

    @property
    def _log_file(self) -> Path:
        return self.log_folder / f"{self.name}.log"

    def _read(self, process: "subprocess.Popen[str]") -> None:
        log, tells_all = _Log(self._log_file), self.every_line
        for line in process.stdout or ():
            text = line.rstrip()
            self.last_lines.append(text)
            log.write(text)
            tells_all = tells_all and not text.startswith("Traceback")  # where it failed is for the log
            if (tells_all and not text.startswith("{")) or IMPORTANT.search(text):
                self.tell(f"{self.name}: {text}")
        with contextlib.suppress(OSError):  # of a full disk
            log.close()


class _Log(RotatingFileHandler):
    """A log of bounded size. A full disk costs lines, never the program that wrote them."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        super().__init__(file, maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8", delay=True)
        self.setFormatter(logging.Formatter("%(asctime)s %(message)s"))

    def write(self, line: str) -> None:
        self.handle(logging.LogRecord("", logging.INFO, "", 0, line, None, None))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        pass


def _how_it_ended(code: int) -> str:
    return f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"


def end_with_parent() -> None:
    """Linux: when the parent is killed, so is the child (politely)."""
    if _libc is not None:
        _libc.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
