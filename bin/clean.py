"""Remove the environment and all run data, after asking."""

import os
import shutil
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
REMOVED = [".venv", ".run", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis"]


def main():
    run_folder = os.environ.get("HUIGUAN_RUN_DIR") or os.path.join(ROOT, ".run")
    places = [os.path.join(ROOT, name) for name in REMOVED if os.path.isdir(os.path.join(ROOT, name))]
    print("This removes:\n  " + "\n  ".join(places))
    if is_in_use(run_folder):
        sys.exit("Huiguan is running: stop it first. 请先停止运行。")
    if os.environ.get("YES") != "1" and input("The database and all files in it are lost. Type yes: ") != "yes":
        sys.exit("Nothing was removed. 未删除任何内容。")
    for place in places:
        shutil.rmtree(place)


def is_in_use(run_folder):
    import fcntl

    try:
        with open(os.path.join(run_folder, "up.lock"), "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


if __name__ == "__main__":
    main()
