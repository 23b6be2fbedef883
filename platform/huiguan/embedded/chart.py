"""The chart's step of `huiguan check`: real helm, found or built with Go, lints every variant that the tests render."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from huiguan.embedded.folder import PROJECT, run_folder

CHART = PROJECT / "helm" / "huiguan"
VARIANTS = PROJECT / "tests" / "helm" / "variants"
SOURCE = "helm.sh/helm/v3/cmd/helm@v3.22.0"


def main() -> int:
    """0 when nothing is wrong, or when there is neither helm nor a way to get it: then it says so."""
    helm = find() or build()
    if helm is None:
        print("No helm, and no Go to build it with: set HELM to its path. The chart was not looked at.")
        return 0
    values = sorted(VARIANTS.glob("*.yaml"))
    return max(_lint(helm, *options) for options in ([], *(["--values", str(each)] for each in values)))


def find() -> str | None:
    """`HELM`, one in the path, or the one that was built for this run folder."""
    candidates = [os.environ.get("HELM"), shutil.which("helm"), str(_own())]
    return next((each for each in candidates if each and Path(each).is_file()), None)


def build() -> str | None:
    """With Go, once: it takes minutes. None without Go or without the network."""
    go = shutil.which("go")
    if go is None:
        return None
    _own().parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([go, "install", SOURCE], env={**os.environ, "GOBIN": str(_own().parent)}, check=False)
    return str(_own()) if done.returncode == 0 else None


def _own() -> Path:
    return run_folder() / "bin" / "helm"


def _lint(helm: str, *options: str) -> int:
    return subprocess.run([helm, "lint", "--strict", "--quiet", str(CHART), *options], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
