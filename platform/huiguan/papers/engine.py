"""Sets papers with Typst. Runs in a child without Django (`huiguan.limits`), in a folder of its own, without a network.

A paper that would show an empty box for a character is an error and no paper: PDF/A asks for it.
"""

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import typst

STANDARD: Literal["a-2u"] = "a-2u"  # every font is in the file, every character can be copied out, none is an empty box
NOWHERE = "http://127.0.0.1:9"  # a port that nobody answers: a layout that wants a package of the net fails at once
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
MAIN = "main.typ"
THREADS = "2"  # each takes of the memory that a child may have, on a machine of many processors too

Group = tuple[str, list[str]]


class LayoutFailed(Exception):
    """The layout and its content do not go together; the message is for who writes layouts."""


def render(fonts: str, files: Mapping[str, bytes], groups: list[Group]) -> list[bytes]:
    """One PDF for each group: a layout and the contexts of its papers, as JSON. `files` are all that can be read."""
    os.environ.update({**dict.fromkeys(PROXIES, NOWHERE), "RAYON_NUM_THREADS": THREADS})
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            place = Path(folder) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        return list(_set(Path(folder), fonts, groups))


def _set(folder: Path, fonts: str, groups: Iterable[Group]) -> Iterator[bytes]:
    packages = str(folder / "packages")
    compiler = typst.Compiler(
        str(folder / MAIN),
        root=str(folder),
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]),
        package_path=packages,
        package_cache_path=packages,
    )
    for layout, contexts in groups:
        yield _pdf(compiler, {"layout": f"{layout}.typ", "contexts": f"[{','.join(contexts)}]"})


def _pdf(compiler: typst.Compiler, inputs: dict[str, str]) -> bytes:
    now = int(time.time())
    try:
        made = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=[STANDARD], timestamp=now)
    except typst.TypstError as error:
        raise LayoutFailed(error.message, error.diagnostic) from error
    assert isinstance(made, bytes), "one PDF for all pages"
    return made
