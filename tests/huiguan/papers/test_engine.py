"""The engine sees what it is given and nothing else, and stops."""

from typing import Any

import pytest

from huiguan import limits
from huiguan.limits import run_limited
from huiguan.papers import engine, fonts, layouts


def rendered(files: dict[str, bytes], groups: list[engine.Group]) -> Any:
    """In a child, as always: the engine closes its process to the world."""
    return run_limited("huiguan.papers.engine:render", str(fonts.folder()), files, groups)


def test_the_engine_itself_makes_no_paper_with_an_empty_box() -> None:
    bare = b'#let layout(ctx) = { set text(font: "Noto Serif SC", fallback: false); ctx.text }'
    files = {**layouts.files_for("letter"), "bare.typ": bare}
    with pytest.raises(engine.LayoutFailed, match="could not be displayed"):
        rendered(files, [("bare", ['{"text": "𠮷"}'])])


@pytest.mark.parametrize(
    "wanted", [b'#read("/etc/passwd")', b'#read("../../../../etc/passwd")', b'#image("/proc/self/environ")']
)
def test_a_layout_reads_no_file_of_the_machine(wanted: bytes) -> None:
    with pytest.raises(engine.LayoutFailed, match=r"not found|escape"):
        rendered({"main.typ": wanted}, [("x", [])])


def test_a_layout_reaches_no_network() -> None:
    """It asks where nobody answers, before it asks for any name."""
    with pytest.raises(engine.LayoutFailed, match="refused"):
        rendered({"main.typ": b'#import "@preview/x:1.0.0": *'}, [("x", [])])


def test_a_layout_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.5)
    endless = b"#{ for a in range(9999) { for b in range(9999) { for c in range(9999) { let d = a + b + c } } } }"
    with pytest.raises(limits.TooMuch):
        rendered({"main.typ": endless}, [("x", [])])


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
