"""`huiguan check`: a short list of named steps, each with its time, and a summary. CI runs the same list."""

import secrets
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from huiguan.embedded.folder import PROJECT

PROGRAMS = Path(sys.executable).parent


@dataclass(frozen=True)
class Step:
    name: str
    command: list[str]

    def run(self) -> bool:
        """True when it passed; otherwise what it said is printed."""
        began = time.monotonic()
        print(f"{self.name:<12} …", end="", flush=True)
        done = subprocess.run(self.command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        passed = done.returncode == 0
        print(f" {'passed' if passed else 'FAILED'} ({time.monotonic() - began:.1f} s)", flush=True)
        if not passed:
            print(done.stdout, flush=True)
        return passed


class Tests(Step):
    """Their own progress is worth seeing."""

    def run(self) -> bool:
        print(f"{self.name:<12} + {' '.join(self.command)}", flush=True)
        return subprocess.run(self.command, cwd=PROJECT).returncode == 0


def main(arguments: list[str]) -> int:
    """`--without NAME …` leaves steps out; names alone run only those."""
    left_out = set(arguments[1:]) if arguments[:1] == ["--without"] else set()
    chosen = set(arguments) - left_out - {"--without"}
    todo = [step for step in steps() if step.name not in left_out and (not chosen or step.name in chosen)]
    failed = [step.name for step in todo if not step.run()]
    print(f"\nFailed: {', '.join(failed)}" if failed else f"\nAll {len(todo)} steps passed.")
    return 1 if failed else 0


def steps() -> list[Step]:
    return [
        Step("format", [_program("ruff"), "format", "--check", "."]),
        Step("lint", [_program("ruff"), "check", "."]),
        Step("types", [_program("mypy")]),
        Step("imports", [_program("lint-imports")]),
        Step("migrations", [_program("huiguan"), "makemigrations", "--check", "--dry-run"]),
        Step("messages", [_program("huiguan"), "messages", "check"]),
        Step("deploy", _as_in_production("check", "--deploy", "--fail-level", "WARNING")),
        Step("chart", [_program("python"), "-m", "huiguan.embedded.chart"]),
        Tests("tests", ["make", "test"]),
    ]


def _as_in_production(*command: str) -> list[str]:
    """Django's own view of the settings that a real installation has."""
    settings = [
        "TLS=1",
        f"SECRET_KEY={secrets.token_urlsafe(50)}",
        f"MASTER_KEY={secrets.token_urlsafe(32)}",
        "DJANGO_SETTINGS_MODULE=huiguan.settings",
    ]
    return ["env", *settings, _program("python"), "-m", "django", *command]


def _program(name: str) -> str:
    return str(PROGRAMS / name)
