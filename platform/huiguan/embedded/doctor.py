"""`huiguan doctor [--json]`: what this machine lacks, and what to do about each."""

import importlib.metadata
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from huiguan.embedded import binaries, browser, environment, instance
from huiguan.embedded.folder import ENOUGH_BYTES, PROJECT, Unusable, free_bytes, prepare, run_folder
from huiguan.embedded.up import port
from huiguan.limits import run_limited
from huiguan.papers import fonts

TRIAL_PAPER = {"main.typ": '#set text(font: ("Huiguan Title", "Noto Serif SC"), fallback: false)\n湘䶮'.encode()}
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*(.+?))?\s*\\?$")


@dataclass(frozen=True)
class Finding:
    """`level` is ok, advice (something works less well) or missing."""

    name: str
    level: str
    says: str
    advice: str = ""


def main(arguments: list[str]) -> int:
    findings = list(examine())
    if "--json" in arguments:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            _print(finding)
    return 1 if any(finding.level == "missing" for finding in findings) else 0


def examine() -> Iterator[Finding]:
    """Each question is asked even when an earlier one went wrong."""
    for ask in QUESTIONS:
        try:
            yield ask()
        except Exception as error:  # a doctor reports, whatever it meets
            yield Finding(ask.__name__, "missing", f"{type(error).__name__}: {error}")


def python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    return _finding("python", sys.version_info >= (3, 11), found, "Install Python 3.11 or newer.")


def packages() -> Finding:
    """What is installed against what is locked for this platform."""
    wrong = [name for name, versions in _locked().items() if _installed(name) not in versions]
    says = f"not as locked: {', '.join(wrong)}" if wrong else "as locked"
    return _finding("packages", not wrong, says, "Run `make up` again, or `python3 bin/prepare.py`.")


def encoding() -> Finding:
    found = sys.stdout.encoding or ""
    good = found.lower().replace("-", "") == "utf8"
    return _finding("encoding", good, found, "Set LANG=C.UTF-8, so that Chinese can be printed.", otherwise="advice")


def folder() -> Finding:
    place = run_folder()
    try:
        prepare(place)
    except Unusable as error:
        return Finding("folder", "missing", str(error))
    return Finding("folder", "ok", str(place))


def disk() -> Finding:
    free = free_bytes(run_folder())
    return _finding(
        "disk", free > 4 * ENOUGH_BYTES, f"{free // 1024**2} MB free", "Free some space.", otherwise="advice"
    )


def web_port() -> Finding:
    wanted = port()
    try:
        instance.check_port(wanted)
    except instance.PortInUse as error:
        ours = instance.is_up(run_folder())
        return (
            Finding("port", "ok", f"{wanted}: Huiguan is running") if ours else Finding("port", "missing", str(error))
        )
    return Finding("port", "ok", f"{wanted} is free")


def database() -> Finding:
    """Reachable with the application's login, and new enough."""
    if not environment.uses_embedded_server():
        return _version_at(environment.given_database_url())
    with environment.embedded_server() as server:
        return _version_at(server.url())


def migrations() -> Finding:
    """Asked of Django in a process of its own, which finds the settings wrong without ending the doctor."""
    done = subprocess.run(
        [sys.executable, "-m", "huiguan", "showmigrations", "--plan", "--database", "owner"],
        capture_output=True, text=True, cwd=PROJECT,
    )  # fmt: skip
    if done.returncode:
        return Finding("migrations", "missing", done.stderr.strip().splitlines()[-1], "See `huiguan migrate`.")
    left = sum(line.startswith("[ ]") for line in done.stdout.splitlines())
    return _finding(
        "migrations", not left, f"{left} to do" if left else "at head", "Run `huiguan migrate`.", otherwise="advice"
    )


def settings() -> Finding:
    """Whether the site would start: asked of its settings, as it would read them."""
    done = subprocess.run(
        [sys.executable, "-c", "import huiguan.settings"], env={**environment.variables(None), **os.environ},
        capture_output=True, text=True, cwd=PROJECT,
    )  # fmt: skip
    reasons = done.stderr.rpartition("ImproperlyConfigured: ")[2].strip()
    return _finding("settings", not done.returncode, reasons or "complete", "See docs/operations.md.")


def chromium() -> Finding:
    found = browser.find()
    return _finding(
        "chromium", bool(found), found or "none", "Run `huiguan browser install` (tests only).", otherwise="advice"
    )


def chinese_font() -> Finding:
    advice = "Install fonts-noto-cjk, so that the browser of the tests shows Chinese."
    return _finding("font", browser.has_chinese_font(), "Chinese font", advice, otherwise="advice")


def papers() -> Finding:
    """A trial with a common and a rare character, by the fonts that we bring along."""
    said = "letters and receipts"
    try:
        run_limited("huiguan.papers.engine:render", str(fonts.folder()), TRIAL_PAPER, [("", [])])
    except Exception as error:
        return Finding("papers", "missing", f"{said} cannot be made: {error}", "Set FONTS_DIR to a writable folder.")
    return Finding("papers", "ok", f"{said} in {fonts.folder()}")


def programs() -> Finding:
    return _finding(
        "postgres", binaries.tool("postgres").exists(), str(binaries.tool("postgres").parent), "Run `make up` again."
    )


def name_resolution() -> Finding:
    """Chambers live below *.localhost, which browsers know by themselves and some systems do not."""
    try:
        socket.getaddrinfo("chamber.localhost", None)
    except OSError:
        return Finding("names", "advice", "*.localhost is not resolved", "Browsers know it; for curl use --resolve.")
    return Finding("names", "ok", "*.localhost")


def ways_out() -> Finding:
    """Whether what is written to people leaves this installation."""
    missing = [
        name for name in ("EMAIL_URL", "SMS_URL") if not (os.environ.get(name) or os.environ.get(f"{name}_FILE"))
    ]
    if "ANYMAIL_BACKEND" in os.environ:
        missing = [name for name in missing if name != "EMAIL_URL"]
    says = f"not set: {', '.join(missing)}" if missing else "mail and text messages leave"
    advice = "Such messages are shown in the log of each chamber and not sent (docs/operations.md)."
    return _finding("ways out", not missing, says, advice, otherwise="advice")


def backups() -> Finding:
    place = os.environ.get("BACKUP_URL", "")
    says = "sent elsewhere each night" if place else "not set: BACKUP_URL"
    advice = "Nothing is backed up by itself: name a place on another machine (docs/operations.md)."
    return _finding("backups", bool(place), says, advice, otherwise="advice")


QUESTIONS: list[Callable[[], Finding]] = [
    python, packages, encoding, folder, disk, settings, web_port, programs, database, migrations,
    name_resolution, ways_out, backups, chromium, chinese_font, papers,
]  # fmt: skip


def _finding(name: str, good: bool, says: str, advice: str, *, otherwise: str = "missing") -> Finding:
    return Finding(name, "ok", says) if good else Finding(name, otherwise, says, advice)


def _print(finding: Finding) -> None:
    sign = {"ok": "ok     ", "advice": "advice ", "missing": "MISSING"}[finding.level]
    print(f"{sign}  {finding.name:<11} {finding.says}")
    if finding.advice:
        print(f"{'':<21} {finding.advice}")


def _locked() -> dict[str, list[str | None]]:
    """Versions by package; one with a condition (another system or Python) may also be absent."""
    pins: dict[str, list[str | None]] = {}
    for line in (PROJECT / "requirements.lock").read_text().splitlines():
        if match := PINNED.match(line):
            name, version, condition = match.groups()
            pins.setdefault(name, []).extend([version, None] if condition else [version])
    return pins


def _installed(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _version_at(url: str) -> Finding:
    import psycopg  # imported late, so that its absence is a finding

    with psycopg.connect(url, connect_timeout=5) as connection:
        version = connection.info.server_version
    return _finding("database", version >= 140000, f"PostgreSQL {version // 10000}", "Use PostgreSQL 14 or newer.")
