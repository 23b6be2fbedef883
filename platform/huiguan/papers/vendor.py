"""Fetches the papers' fonts with npm and packs them small: `python -m huiguan.papers.vendor`.

Both are cut from Noto Serif SC, which has all characters of GBK and Big5 and the rare ones of many names. The text
font keeps every character; the title font those that titles are made of. What a paper cannot show is known from
`characters.json`. Needs `fonttools`, a development package.
"""

import hashlib
import json
import lzma
import tempfile
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from huiguan.kit.vendor import Package, fetched, read
from huiguan.papers.fonts import CHARACTERS, FOLDER, MANIFEST

PACKAGE = Package("@expo-google-fonts/noto-serif-sc", "0.4.3", "OFL-1.1")
TEXT, TITLE = "400Regular/NotoSerifSC_400Regular.ttf", "600SemiBold/NotoSerifSC_600SemiBold.ttf"
TITLE_FAMILY = "Huiguan Title"  # a family of its own: what it lacks is taken from the text font
GB2312_HANZI = (range(0xB0, 0xF8), range(0xA1, 0xFF))
BIG5_COMMON = (range(0xA4, 0xC7), range(0x40, 0xFF))
LEFT_OUT = ["DSIG", "vhea", "vmtx", "VORG", "BASE", "STAT", "GPOS", "GSUB", "GDEF"]


def main() -> None:
    with fetched(PACKAGE) as archive:
        sources = {name: read(archive, name) for name in (TEXT, TITLE)}
        (FOLDER / "OFL.txt").write_bytes(read(archive, "LICENSE_FONT"))
    text = _font(sources[TEXT])
    covered = sorted(text.getBestCmap())
    entries = [
        _pack("NotoSerifSC-Regular.ttf", sources[TEXT], _cut(text, covered)),
        _pack("HuiguanTitle-SemiBold.ttf", sources[TITLE], _named(_cut(_font(sources[TITLE]), _for_titles(covered)))),
    ]
    CHARACTERS.write_text(json.dumps(list(_ranges(covered)), separators=(",", ":")) + "\n")
    MANIFEST.write_text(json.dumps(entries, indent=2) + "\n")
    print(f"{len(covered)} characters, {sum(p.stat().st_size for p in FOLDER.iterdir()) / 1e6:.1f} MB")


def _font(content: bytes) -> Any:
    from fontTools.subset import Options, load_font

    with tempfile.NamedTemporaryFile(suffix=".ttf") as file:
        file.write(content)
        file.flush()
        return load_font(file.name, Options(), lazy=False)


def _cut(font: Any, characters: Iterable[int]) -> Any:
    """Only these characters, and nothing that printing does not need."""
    from fontTools.subset import Options, Subsetter

    options = Options(hinting=False, layout_features=[], name_IDs=["*"], notdef_outline=True, glyph_names=False)
    options.drop_tables += LEFT_OUT
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def _named(font: Any) -> Any:
    for entry in font["name"].names:
        if entry.nameID in (1, 4, 16):
            entry.string = TITLE_FAMILY
        if entry.nameID == 6:
            entry.string = TITLE_FAMILY.replace(" ", "")
    return font


def _for_titles(covered: Iterable[int]) -> set[int]:
    """The characters of GB 2312, the common ones of Big5, and all signs."""
    hanzi = {*_encoded("gb2312", *GB2312_HANZI), *_encoded("big5", *BIG5_COMMON)}
    return {c for c in covered if c in hanzi or c < 0x3400 or 0xF900 <= c < 0x20000}


def _encoded(encoding: str, first: range, second: range) -> Iterator[int]:
    for pair in (bytes([a, b]) for a in first for b in second):
        text = pair.decode(encoding, errors="ignore")
        if len(text) == 1 and not text.isascii():
            yield ord(text)


def _pack(name: str, source: bytes, font: Any) -> dict[str, str]:
    with tempfile.NamedTemporaryFile(suffix=".ttf") as file:
        font.save(file.name)
        content = Path(file.name).read_bytes()
    packed = lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)
    (FOLDER / f"{name}.xz").write_bytes(packed)
    return {
        "file": f"{name}.xz",
        "version": font["name"].getDebugName(5),
        "package": PACKAGE.spec,
        "licence": PACKAGE.licence,
        "source_sha256": hashlib.sha256(source).hexdigest(),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _ranges(numbers: list[int]) -> Iterator[list[int]]:
    """[first, last] of each run."""
    ends = [a for a, b in pairwise([*numbers, numbers[-1] + 2]) if b != a + 1]
    starts = [numbers[0], *(b for a, b in pairwise(numbers) if b != a + 1)]
    yield from map(list, zip(starts, ends, strict=True))


if __name__ == "__main__":
    main()
