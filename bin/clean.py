"""Remove the environment and all run data, after asking."""

import fcntl
import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REMOVED = [".venv", ".run", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis"]


def main():
    run_folder = Path(os.environ.get("HUIGUAN_RUN_DIR") or ROOT / ".run")
    places = [ROOT / name for name in REMOVED if (ROOT / name).is_dir()]
    print("This removes:\n  " + "\n  ".join(map(str, places)))
    if is_in_use(run_folder):
        sys.exit("Huiguan is running: stop it first. 请先停止运行。")
    if os.environ.get("YES") != "1" and input("The database and all files in it are lost. Type yes: ") != "yes":
        sys.exit("Nothing was removed. 未删除任何内容。")
    for place in places:
        shutil.rmtree(place)


def is_in_use(run_folder):
    try:
        with (run_folder / "up.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


if __name__ == "__main__":
    main()
