"""`huiguan browser [install]`: the Chromium that the browser tests drive: one that is there, else one is fetched."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The shell is the same engine without the window around it: half the processor time of a journey's browser.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
DOWNLOADED = (".cache/ms-playwright", "Library/Caches/ms-playwright")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DEBIAN_PACKAGES = ["chromium-headless-shell", "fonts-noto-cjk"]


def main(arguments: list[str]) -> int:
    found = find()
    if (found is None or not has_chinese_font()) and arguments == ["install"]:
        install()
        found = find()
    print(found or "No Chromium found: set CHROMIUM to its path, or run `huiguan browser install`.")
    return 0 if found else 1


def find() -> str | None:
    """The path for Playwright's `executable_path`, with `args=ARGUMENTS`."""
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), *PLACES, *_downloaded()]
    return next((path for path in candidates if path and _works(path)), None)


def has_chinese_font() -> bool:
    """True when unknown: a machine without fontconfig has its own fonts."""
    if not shutil.which("fc-list"):
        return sys.platform == "darwin" or find() is None
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True).stdout.strip())


def install() -> None:
    """Debian's own packages when we may, else the browser tool's download."""
    if os.geteuid() == 0 and _is_debian():
        print("Installing Chromium and a Chinese font from Debian … 安装浏览器和中文字体", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        with_window = ["chromium", *DEBIAN_PACKAGES[1:]]  # an older Debian has no shell
        if _ran(["apt-get", "update", "-q"], quiet) and any(
            _ran(_apt_install(packages), quiet) for packages in (DEBIAN_PACKAGES, with_window)
        ):
            return
    if find() is None:
        print("Downloading Chromium (about 170 MB) … 下载浏览器", flush=True)
        _ran([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))


def _apt_install(packages: list[str]) -> list[str]:
    return ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]


def _ran(command: list[str], environment: dict[str, str]) -> bool:
    return subprocess.run(command, env=environment).returncode == 0


def _works(path: str) -> bool:
    """Ubuntu's `chromium-browser` is a script that only says to install a snap."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _is_debian() -> bool:
    try:
        return "ID=debian" in Path("/etc/os-release").read_text().splitlines()
    except OSError:
        return False


def _downloaded() -> list[str]:
    folders = [Path(os.environ["PLAYWRIGHT_BROWSERS_PATH"])] if "PLAYWRIGHT_BROWSERS_PATH" in os.environ else []
    folders += [Path.home() / name for name in DOWNLOADED]
    names = (
        "chromium_headless_shell-*/*/*headless[_-]shell",
        "chromium-*/chrome-*/chrome",
        "chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium",
    )
    return [str(path) for folder in folders for name in names for path in sorted(folder.glob(name), reverse=True)]
