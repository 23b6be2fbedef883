"""`huiguan up`: everything in the foreground under one command, and nothing left when it ends."""

import errno
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from huiguan.embedded import environment, instance
from huiguan.embedded.folder import Unusable, forget_figures, free_bytes, prepare, run_folder
from huiguan.embedded.house import House, StepFailed
from huiguan.embedded.postgres import Postgres, PostgresError
from huiguan.embedded.processes import STOP_WITHIN_SECONDS, Program
from huiguan.embedded.terminal import Terminal

LOOK_EVERY_SECONDS = 0.3
ANSWER_WITHIN_SECONDS = 90
ALARM_BELOW_BYTES = 100 * 1024 * 1024
EXPECTED = (Unusable, PostgresError, StepFailed, instance.PortInUse)


class Asked(BaseException):
    """Ctrl-C, a closed window or a polite kill."""


def main(arguments: list[str]) -> int:
    terminal = Terminal()
    try:
        return Supervisor(terminal, port=port()).run()
    except instance.AlreadyRunning as running:
        terminal.say(str(running), "已经在运行，直接打开上面的网址即可。")
        return 0
    except EXPECTED as error:
        terminal.complain(str(error), "启动失败，已保存的数据没有丢失。")
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT, errno.ENOENT):
            raise
        terminal.complain(
            f"Cannot write {error.filename or 'run data'}: {error.strerror}.", "无法写入数据，请检查磁盘。"
        )
    return 1


class Supervisor:
    """Starts the house step by step, looks after it, and closes it."""

    def __init__(self, terminal: Terminal, *, port: int) -> None:
        self.terminal, self.port = terminal, port
        self.url = f"http://localhost:{port}"
        self.server: Postgres | None = None
        self.server_pid: int | None = None
        self.programs: list[Program] = []
        self.was_low = False

    def run(self) -> int:
        folder = prepare(run_folder())
        with instance.claim(folder, url=self.url), _signals():
            instance.check_port(self.port)
            try:
                self.open()
                self.look_after()
            except Asked:
                self.terminal.say("Stopping", "正在停止")
            finally:
                self.close()
        self.terminal.say("Stopped, everything is saved", "已停止，数据已保存")
        return 0

    def open(self) -> None:
        if environment.uses_embedded_server():
            with self.terminal.step("Starting PostgreSQL", "启动数据库"):
                self.server = environment.embedded_server()
                self.server.start()
                self.server_pid = self.server.pid
        variables = {**os.environ, **environment.variables(self.server)}
        house = House(folder=run_folder(), port=self.port, environment=variables, tell=self.terminal.detail)
        refuse_public_sign_ins(house)
        forget_figures(house.folder)
        self.bring_up_to_date(house)
        self.start_programs(house)
        self.welcome(house)

    def bring_up_to_date(self, house: House) -> None:
        """Skipped without a question to the database when nothing has changed since it was last done here."""
        if house.has_stale_texts():
            house.run_step("messages", "messages", "compile")
        done = house.folder / "migrated"
        fingerprint = house.fingerprint()
        if self.server is None or not done.exists() or done.read_text() != fingerprint:
            with self.terminal.step("Preparing the tables", "准备数据表"):
                house.run_step("migrate", "migrate")
            done.write_text(fingerprint)
        if house.environment["DEMO"] != "0" and house.has_command("demo") and not (house.folder / "demo.json").exists():
            self.load_demo(house)

    def load_demo(self, house: House) -> None:
        """Noted when complete; loading again after an interruption completes what is missing."""
        with self.terminal.step("Loading the demo federation", "载入演示数据"):
            house.run_step("demo", "demo", "load")
            accounts = subprocess.run(
                [sys.executable, "-m", "huiguan", "demo", "accounts", "--json"],
                env=house.environment, check=True, capture_output=True, text=True,
            ).stdout  # fmt: skip
            (house.folder / "demo.json").write_text(json.dumps(json.loads(accounts), ensure_ascii=False))

    def start_programs(self, house: House) -> None:
        """The rest only when the page is there: reading the code takes a processor for seconds."""
        with self.terminal.step("Starting the web server", "启动网站"):
            web, *rest = house.programs()
            self.programs = [web]
            web.start()
            self.wait_for_page()
        for program in rest:
            self.programs.append(program)
            program.start()

    def wait_for_page(self) -> None:
        web = self.programs[0]
        deadline = time.monotonic() + ANSWER_WITHIN_SECONDS
        while not _answers(self.port):
            if not web.is_running() or time.monotonic() > deadline:
                said = "\n".join(web.last_lines)
                raise StepFailed(f"The web server does not answer. It said: 网站没有响应，它的说明：\n{said}")
            time.sleep(0.05)

    def welcome(self, house: House) -> None:
        self.terminal.say("Ready", "可以使用了")
        for line in house.sign_ins() or [self.url]:
            self.terminal.detail(line)
        self.terminal.detail(f"Logs 日志: {house.folder / 'log'}   Stop 停止: Ctrl-C")

    def look_after(self) -> NoReturn:
        while True:
            for program in self.programs:
                program.look_after()
            self.look_after_database()
            self.look_after_disk()
            time.sleep(LOOK_EVERY_SECONDS)

    def look_after_database(self) -> None:
        """The keeper starts a killed server by itself; here it is told, and a killed keeper is replaced."""
        if self.server is None or (self.server.is_running() and self.server.pid == self.server_pid):
            return
        self.terminal.say("PostgreSQL stopped unexpectedly, it is being started again", "数据库意外停止，正在恢复")
        try:
            self.server.start()
        except PostgresError as error:
            self.terminal.complain(str(error), "数据库暂时无法启动，稍后自动重试。")
            time.sleep(5)
            return
        self.server_pid = self.server.pid
        self.terminal.say("PostgreSQL is back, nothing that was saved is lost", "数据库已恢复，已保存的数据没有丢失")

    def look_after_disk(self) -> None:
        is_low = free_bytes(run_folder()) < ALARM_BELOW_BYTES
        if is_low and not self.was_low:
            self.terminal.complain(
                "The disk is nearly full: free some space, or changes will be refused.", "磁盘空间不足，请尽快清理。"
            )
        self.was_low = is_low

    def close(self) -> None:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        for program in self.programs:
            program.ask_to_stop()
        deadline = time.monotonic() + STOP_WITHIN_SECONDS
        for program in self.programs:
            program.make_sure_it_stopped(deadline)
        forget_figures(run_folder())
        if self.server is not None:
            self.server.stop()


def refuse_public_sign_ins(house: House) -> None:
    """What the settings cannot see: a folder for trying out that is now to be shown to the world."""
    if house.is_production and (house.folder / "demo.json").exists():
        raise Unusable(
            f"{house.folder} holds the demo, whose passwords everybody knows. Set HUIGUAN_RUN_DIR to a new folder.\n"
            "这个目录里是演示数据，密码是公开的。正式使用请用 HUIGUAN_RUN_DIR 另设目录。"
        )


def port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise Unusable(f"PORT must be a number from 1 to 65535, not {given!r}. PORT 应为 1 到 65535 的数字。")
    return int(given)


@contextmanager
def _signals() -> Iterator[None]:
    def ask(*_: Any) -> NoReturn:
        raise Asked

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, ask)
    yield


def _answers(port: int) -> bool:
    """Whether the server has answered anything but an error of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
