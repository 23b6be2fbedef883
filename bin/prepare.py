"""Prepare `.venv` exactly as `requirements.lock` says. Runs on the system's bare Python; costs nothing the second time.

Written so that even an old Python (3.6) can read it and say that it is too old.
"""

import ast
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
VENV_PYTHON = str(VENV / "bin" / "python")
STAMP = VENV / "prepared"
UV = "uv==0.13.9"
NEEDED_BYTES = 1500 * 1024 * 1024
NEWER_PYTHONS = ["python3.14", "python3.13", "python3.12", "python3.11"]
PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
}
EXPLAINED = [
    (
        ("No space left", "Disk quota"),
        "The disk is full. Free about 1.5 GB and start again.",
        "磁盘已满，请清理后重试。",
    ),
    (
        ("Read-only file system", "Permission denied"),
        "The folder cannot be written. Use a copy that you own.",
        "目录不可写。",
    ),
    (
        ("ensurepip", "No module named venv"),
        "This Python lacks the module venv. On Debian or Ubuntu: apt-get install python3-venv",
        "缺少 venv 模块，请安装 python3-venv。",
    ),
    (
        (
            "dns error",
            "Connection",
            "connect",
            "timed out",
            "Temporary failure",
            "NewConnectionError",
            "No matching distribution",
        ),
        "The packages could not be downloaded: check the network. pip's settings (index, proxy, cert) are honoured.",
        "无法下载依赖，请检查网络或 pip 镜像设置。",
    ),
]


class Failed(Exception):
    """Carries the two lines, English and Chinese, that the person is told."""


def main():
    """`prepare.py`, or `prepare.py uv …` to run uv with this machine's settings."""
    use_a_new_enough_python()
    sys.stdout.reconfigure(errors="replace")  # Chinese on a terminal that cannot show it
    sys.stderr.reconfigure(errors="replace")
    if sys.argv[1:2] == ["uv"]:
        return subprocess.call([str(VENV / "bin" / "uv"), *sys.argv[2:]], env=dict(os.environ, **settings_for_uv()))
    if is_prepared():
        return 0
    try:
        with_the_folder_locked(prepare)
    except Failed as failure:
        print("\n" + str(failure), file=sys.stderr)
        return 1
    except OSError as error:
        print("\n" + explain(str(error)), file=sys.stderr)
        return 1
    return 0


def use_a_new_enough_python():
    if sys.version_info >= (3, 11):  # noqa: UP036
        return
    for name in NEWER_PYTHONS:
        path = shutil.which(name)
        if path and is_new_enough(path):
            os.execv(path, [path, *sys.argv])  # noqa: S606
    found = f"{sys.version_info[0]}.{sys.version_info[1]}"
    sys.exit(
        f"Huiguan needs Python 3.11 or newer, this is {found}. 需要 Python 3.11 或更新版本。\n"
        "Try: make up PYTHON=python3.12"
    )


def is_new_enough(path):
    """Asked of itself: a version manager puts names on the path that lead nowhere."""
    check = "import sys; sys.exit(sys.version_info < (3, 11))"
    return subprocess.call([path, "-c", check], stderr=subprocess.DEVNULL) == 0


def is_prepared():
    try:
        return STAMP.read_text() == wanted_stamp()
    except OSError:
        return False


def wanted_stamp():
    """Changes with the lock, the project's description, the Python, and the place (scripts name it)."""
    digest = hashlib.sha256(repr((UV, str(ROOT))).encode())
    for name in ("requirements.lock", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def with_the_folder_locked(work):
    """Two `make` at once: the second waits, then finds everything done."""
    handle = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not is_prepared():
            work()
    finally:
        os.close(handle)


def prepare():
    check_place()
    make_venv()
    environment = dict(os.environ, **settings_for_uv())
    step("Installing packages (about 240 MB the first time)", "安装依赖（首次约 240 MB）", environment,
         uv("sync", "--compile-bytecode", "--require-hashes", str(ROOT / "requirements.lock")))  # fmt: skip
    step("Installing Huiguan itself", "安装本项目", environment, uv("install", "--no-deps", "--editable", str(ROOT)))
    STAMP.write_text(wanted_stamp())


def check_place():
    if not os.access(ROOT, os.W_OK):
        raise Failed(f"The folder {ROOT} cannot be written. Use a copy that you own.\n目录不可写。")
    if shutil.disk_usage(ROOT).free < NEEDED_BYTES and not STAMP.exists():
        raise Failed(f"Less than 1.5 GB free on the disk of {ROOT}. Free some space and start again.\n磁盘空间不足。")


def make_venv():
    if not venv_works():
        if VENV.is_dir():
            shutil.rmtree(VENV)
        if has_module("ensurepip"):
            step("Creating .venv", "创建虚拟环境", None, [sys.executable, "-m", "venv", str(VENV)])
        else:
            make_venv_without_ensurepip()
    if not has_uv():
        step("Installing the installer", "安装 uv", None, pip("install", "--quiet", UV))


def venv_works():
    """Not when it was copied from elsewhere, or when its Python was replaced or is too old."""
    check = f"import sys; sys.exit(sys.version_info < (3, 11) or sys.prefix != {str(VENV)!r})"
    try:
        return subprocess.call([VENV_PYTHON, "-c", check]) == 0 and (VENV / "bin" / "activate").exists()
    except OSError:
        return False


def make_venv_without_ensurepip():
    """Debian's bare python3: root may add the package; anyone with a pip of 22.3 or newer can do without."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        step("Installing python3-venv", "安装 python3-venv", None, ["apt-get", "install", "-y", "-q", "python3-venv"])
        step("Creating .venv", "创建虚拟环境", None, [sys.executable, "-m", "venv", str(VENV)])
    elif has_module("pip"):
        step("Creating .venv", "创建虚拟环境", None, [sys.executable, "-m", "venv", "--without-pip", str(VENV)])
    else:
        raise Failed(explain("ensurepip"))


def has_module(name):
    return subprocess.call([sys.executable, "-c", "import " + name], stderr=subprocess.DEVNULL) == 0


def has_uv():
    try:
        said = subprocess.check_output([str(VENV / "bin" / "uv"), "--version"]).decode()
    except (OSError, subprocess.CalledProcessError):
        return False
    return said.split()[1] == UV.split("==")[1]


def pip(*arguments):
    if (VENV / "bin" / "pip").exists():
        return [VENV_PYTHON, "-m", "pip", *arguments]
    return [sys.executable, "-m", "pip", "--python", VENV_PYTHON, *arguments]


def uv(verb, *arguments):
    return [str(VENV / "bin" / "uv"), "pip", verb, "--python", VENV_PYTHON, "--no-progress", *arguments]


def settings_for_uv():
    """What this machine told pip about registries, mirrors and certificates, in uv's words; uv's own settings win."""
    told = {"UV_PYTHON_DOWNLOADS": "never"}
    listed = subprocess.run(pip("config", "list"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        variable = PIP_TO_UV.get(name.split(".")[-1])
        if variable and variable not in os.environ:
            told[variable] = for_uv(variable, str(ast.literal_eval(value)))
    if "UV_INDEX" in told:
        told.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")  # as pip does; the lock's hashes keep it safe
    return told


def for_uv(variable, value):
    return ",".join(value.split()) if variable == "UV_FIND_LINKS" else " ".join(value.split())


def step(english, chinese, environment, command):
    """Run it, show what matters of what it says, and explain a failure."""
    began = time.time()
    print(f"{english} … {chinese}", flush=True)
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = []
    for raw in process.stdout:
        line = raw.decode(errors="replace").rstrip()
        said.append(line)
        if line and not line.startswith((" + ", " - ", " ~ ")):
            print("    " + line, flush=True)
    if process.wait():
        raise Failed(explain("\n".join(said[-40:])))
    print(f"    done 完成 ({time.time() - began:.1f} s)", flush=True)


def explain(said):
    for signs, english, chinese in EXPLAINED:
        if any(sign in said for sign in signs):
            return f"{english}\n{chinese}"
    return f"Preparing failed; the lines above say why.\n准备环境失败，原因见上。\n{said[-600:]}"


if __name__ == "__main__":
    sys.exit(main())
