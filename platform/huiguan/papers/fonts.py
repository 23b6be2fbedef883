"""The papers' own fonts: they lie packed in the repository and are unpacked once, so that no machine needs any.

`python -m huiguan.papers.fonts` unpacks them ahead of time, as the image does.
"""

import hashlib
import json
import lzma
import os
from functools import cache
from pathlib import Path

from huiguan.embedded.folder import run_folder

FOLDER = Path(__file__).parent / "fontfiles"
MANIFEST = FOLDER / "fonts.json"
CHARACTERS = FOLDER / "characters.json"


class FontMissing(RuntimeError):
    """A packed font is not the one that was fetched, or cannot be unpacked."""


def folder() -> Path:
    """Where the unpacked fonts lie (`FONTS_DIR`, else in the run folder); they are unpacked when they are not there."""
    manifest = MANIFEST.read_text()
    version = hashlib.sha256(manifest.encode()).hexdigest()[:12]
    place = Path(os.environ.get("FONTS_DIR") or run_folder() / "fonts").absolute() / version
    for entry in json.loads(manifest):
        target = place / entry["file"].removesuffix(".xz")
        if not target.exists():
            _unpack(FOLDER / entry["file"], entry["sha256"], target)
    return place


def missing(text: str) -> str:
    """The characters of a text that no font of ours has, each once, in their order."""
    return "".join(dict.fromkeys(c for c in text if ord(c) not in _covered() and c not in "\n\t"))


@cache
def _covered() -> frozenset[int]:
    ranges = json.loads(CHARACTERS.read_text())
    return frozenset(number for first, last in ranges for number in range(first, last + 1))


def _unpack(packed: Path, sha256: str, target: Path) -> None:
    """Under another name first: whoever looks sees a whole font or none."""
    try:
        content = lzma.decompress(packed.read_bytes())
        if hashlib.sha256(content).hexdigest() != sha256:
            raise FontMissing(f"{packed.name} is not the font that was fetched")
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(f".{target.name}.{os.getpid()}")
        half.write_bytes(content)
        half.replace(target)
    except (OSError, lzma.LZMAError) as error:
        raise FontMissing(f"{packed.name} cannot be unpacked into {target.parent}: {error}") from error


if __name__ == "__main__":
    print(folder())
