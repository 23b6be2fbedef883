"""The programs of the house: which they are, how each is started, and what must have been done before."""

import contextlib
import hashlib
import importlib.util
import json
import os
import socket
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from huiguan.embedded import instance
from huiguan.embedded.environment import for_web, is_production
from huiguan.embedded.folder import PROJECT, secret
from huiguan.embedded.processes import STOP_WITHIN_SECONDS, Program

WEB_THREADS = str(min(8, 2 * (os.cpu_count() or 1) + 1))  # each keeps a connection to the database
WORKERS = ("worker", "worker-2")
CODE = ("platform/huiguan", "tenants", "federation", "billing", "api")


class StepFailed(Exception):
    """A step of the start ended with an error; the message carries its last lines."""


class House:
    """Knows the command lines; starting and stopping is the supervisor's."""

    def __init__(self, *, folder: Path, port: int, environment: Mapping[str, str], tell: Callable[[str], None]) -> None:
        self.folder, self.port, self.tell = folder, port, tell
        self.environment = {**environment, "PUBLIC_PORT": str(port), "PYTHONUNBUFFERED": "1"}
        self.is_production = is_production(self.environment)
        self.environment.setdefault("DEMO", "0" if self.is_production else "1")

    def programs(self) -> list[Program]:
        """The web server first: it is what the person waits for."""
        payments = self._stand_in_for_payments()
        web = self._program("web", self._web(), for_web(self.environment))
        return [web, *map(self._worker, WORKERS), self._clock(), *payments]

    def run_step(self, name: str, *command: str) -> None:
        """One `huiguan` command to its end, its lines shown as they come."""
        program = self._program(name, ["-m", "huiguan", *command])
        program.every_line = True
        program.start()
        try:
            code = program.wait()
        finally:
            program.ask_to_stop()
            program.make_sure_it_stopped(time.monotonic() + STOP_WITHIN_SECONDS)
        if code:
            log = self.folder / "log" / f"{name}.log"
            why = program.last_important() or f"it ended with code {code}"
            raise StepFailed(f"`huiguan {' '.join(command)}` failed 未能完成: {why}\n{log} has all of it. 详见此日志。")

    def fingerprint(self) -> str:
        """Of every migration and package: what the database was last brought to. Reading them takes milliseconds."""
        digest = hashlib.sha256()
        for file in _files("migrations/*.py"):
            digest.update(str(file.relative_to(PROJECT)).encode() + file.read_bytes())
        lock = PROJECT / "requirements.lock"
        digest.update(lock.read_bytes() if lock.exists() else b"")
        return digest.hexdigest()

    def has_stale_texts(self) -> bool:
        """Whether a catalogue was edited after it was compiled, or never was."""
        for source in _files("locale/zh_Hans/LC_MESSAGES/django.po"):
            compiled = source.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime <= source.stat().st_mtime:
                return True
        return False

    def has_command(self, name: str) -> bool:
        return bool(_files(f"management/commands/{name}.py"))

    def sign_ins(self) -> list[str]:
        """Who may sign in where, as `huiguan demo accounts --json` told after loading; at the port of today."""
        file = self.folder / "demo.json"
        accounts: list[dict[str, str]] = json.loads(file.read_text()) if file.exists() else []
        return [
            f"http://{urlsplit(one['url']).hostname}:{self.port}  {one['place']}  {one['name']}  {one['role']}  "
            f"{one['email']}  {one['password']}"
            for one in accounts
        ]

    def _web(self) -> list[str]:
        return [
            *("-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)),
            *("--workers", "1", "--blocking-threads", WEB_THREADS, "--workers-kill-timeout", "5"),
            *("--blocking-threads-idle-timeout", "600"),
            "huiguan.wsgi:application",
        ]

    def _worker(self, name: str) -> Program:
        """One process each: in a pool, a child that is killed while it waits for work keeps the others' lock (0241)."""
        lean = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        worker = ["-m", "celery", "-A", "huiguan.celery", "worker", "--pool=solo", f"--hostname={name}@%h"]
        unchecked = {**self.environment, "CELERY_SKIP_CHECKS": "1"}  # they load every page; `migrate` has run them
        return self._program(name, [*worker, *lean, "--loglevel=INFO"], unchecked)

    def _clock(self) -> Program:
        beat = ["beat", f"--schedule={self.folder / 'schedule' / 'beat'}", "--pidfile="]
        return self._program("clock", ["-m", "celery", "--quiet", "-A", "huiguan.clock", *beat])

    def _stand_in_for_payments(self) -> list[Program]:
        """Our Stripe-compatible server, unless the real one is configured or people trust that they really pay."""
        if (
            self.is_production
            or os.environ.get("STRIPE_API_BASE")
            or os.environ.get("STRIPE_SECRET_KEY")
            or not _importable("billing.sandbox")
        ):
            return []
        port = _free_port(self.port + 1)
        self.environment["STRIPE_API_BASE"] = f"http://localhost:{port}"
        self.environment["STRIPE_WEBHOOK_SECRET"], _is_new = secret(self.folder / "secrets" / "stripe_webhook_secret")
        return [self._program("payments", ["-m", "huiguan", "stripe-sandbox", "--port", str(port)])]

    def _program(self, name: str, arguments: list[str], environment: Mapping[str, str] | None = None) -> Program:
        return Program(
            name=name,
            command=[sys.executable, *arguments],
            environment=environment or self.environment,
            log_folder=self.folder / "log",
            tell=self.tell,
        )


def _files(pattern: str) -> list[Path]:
    """In our own code, without walking through `.venv`."""
    below = (file for folder in CODE for file in (PROJECT / folder).glob(f"**/{pattern}"))
    return sorted([*PROJECT.glob(pattern), *below])


def _importable(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _free_port(wished: int) -> int:
    """The one wished for when it is free: addresses of payments begun yesterday stay valid."""
    with contextlib.suppress(instance.PortInUse):
        instance.check_port(wished)
        return wished
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
