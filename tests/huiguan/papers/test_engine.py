"""The engine sees what it is given and nothing else, and stops."""

import socket
import threading
from typing import Any

import pytest

from huiguan import limits
from huiguan.limits import run_limited
from huiguan.papers import engine, fonts, layouts


def test_the_engine_itself_makes_no_paper_with_an_empty_box() -> None:
    bare = b'#let layout(ctx) = { set text(font: "Noto Serif SC", fallback: false); ctx.text }'
    files = {**layouts.files_for("letter"), "bare.typ": bare}
    with pytest.raises(engine.LayoutFailed, match="could not be displayed"):
        engine.render(str(fonts.folder()), files, [("bare", ['{"text": "𠮷"}'])])


@pytest.mark.parametrize(
    "wanted", [b'#read("/etc/passwd")', b'#read("../../../../etc/passwd")', b'#image("/proc/self/environ")']
)
def test_a_layout_reads_no_file_of_the_machine(wanted: bytes) -> None:
    with pytest.raises(engine.LayoutFailed):
        engine.render(str(fonts.folder()), {"main.typ": wanted}, [("x", [])])


def test_a_layout_reaches_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=lambda: heard.append(listener.accept()), daemon=True).start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        for name in engine.PROXIES:
            monkeypatch.setenv(name, address)
        with pytest.raises(engine.LayoutFailed, match="download"):
            engine.render(str(fonts.folder()), {"main.typ": b'#import "@preview/x:1.0.0": *'}, [("x", [])])
        assert heard == []


def test_a_layout_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CPU_SECONDS", 1)
    monkeypatch.setattr(limits, "WALL_SECONDS", 3)
    endless = {"main.typ": b"#{ let n = 0; while true { n += 1 } }"}
    with pytest.raises((limits.TooMuch, engine.LayoutFailed)):
        run_limited("huiguan.papers.engine:render", str(fonts.folder()), endless, [("x", [])])


def test_no_layout_runs_what_it_is_told_or_asks_for_a_package() -> None:
    for path in layouts.OURS.glob("*.typ"):
        text = path.read_text()
        assert "eval(" not in text
        assert "@preview" not in text


def test_a_layout_that_no_folder_has_is_a_lookup_error() -> None:
    with pytest.raises(LookupError):
        layouts.files_for("letters")
    with pytest.raises(LookupError):
        layouts.files_for("nowhere/letter")
